import { Module } from '@nestjs/common';
import { PayrollModule } from '@ringfence/payroll';
import { AllocationRooms } from './allocation-room.js';
import { Allocations } from './allocations.service.js';
import { HandJournals } from './hand-journals.service.js';
import { JudgeAgain } from './judge-again.js';
import { JudgeLine } from './judge-line.js';
import { JudgeNamed } from './judge-named.js';
import { PolicyTrials } from './policy-trials.js';
import { StatementLines } from './statement-lines.service.js';
import { TryPolicy } from './try-policy.js';
import { UnderstandAccount } from './understand-account.js';

const services = [
  JudgeNamed,
  PolicyTrials,
  HandJournals,
  AllocationRooms,
  Allocations,
  StatementLines,
  UnderstandAccount,
  JudgeLine,
  JudgeAgain,
  TryPolicy,
];

@Module({ imports: [PayrollModule], providers: services, exports: services })
export class ReconciliationModule {}
