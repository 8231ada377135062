import { Module } from '@nestjs/common';
import { AccountWarnings } from './account-warnings.service.js';
import { AcceptBreak } from './accept-break.js';
import { CommitStatement } from './commit-statement.job.js';
import { ParseStatement } from './parse-statement.js';
import { RevertStatement } from './revert-statement.js';
import { StatementImports } from './statement-imports.service.js';
import { StatementReader } from './reading/statement-reader.js';
import { StatementProfiles } from './statement-profiles.service.js';
import { StatementMonths } from './statement-months.js';

@Module({
  providers: [
    StatementReader,
    StatementImports,
    ParseStatement,
    CommitStatement,
    RevertStatement,
    AcceptBreak,
    StatementMonths,
    StatementProfiles,
    AccountWarnings,
  ],
  exports: [
    StatementImports,
    ParseStatement,
    CommitStatement,
    RevertStatement,
    AcceptBreak,
    StatementMonths,
    StatementProfiles,
    AccountWarnings,
  ],
})
export class StatementsModule {}
