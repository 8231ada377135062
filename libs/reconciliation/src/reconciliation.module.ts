import { Module } from '@nestjs/common';
import { Allocations } from './allocations.service.js';
import { JudgeLine } from './judge-line.js';
import { StatementLines } from './statement-lines.service.js';
import { UnderstandAccount } from './understand-account.js';

@Module({
  providers: [Allocations, StatementLines, UnderstandAccount, JudgeLine],
  exports: [Allocations, StatementLines, UnderstandAccount, JudgeLine],
})
export class ReconciliationModule {}
