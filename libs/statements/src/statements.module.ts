import { Module } from '@nestjs/common';
import { AccountWarnings } from './account-warnings/account-warnings.service.js';
import { AcceptBreak } from './continuity/accept-break.js';
import { CommitStatement } from './imports/commit-statement.job.js';
import { ParseStatement } from './imports/parse-statement.js';
import { ReverseImport } from './imports/reverse-import.js';
import { StatementImports } from './imports/statement-imports.service.js';
import { StatementReader } from './reading/statement-reader.js';
import { StatementProfiles } from './layouts/statement-profiles.service.js';
import { StatementMonths } from './continuity/statement-months.js';

@Module({
  providers: [
    StatementReader,
    StatementImports,
    ParseStatement,
    CommitStatement,
    ReverseImport,
    AcceptBreak,
    StatementMonths,
    StatementProfiles,
    AccountWarnings,
  ],
  exports: [
    StatementImports,
    ParseStatement,
    CommitStatement,
    ReverseImport,
    AcceptBreak,
    StatementMonths,
    StatementProfiles,
    AccountWarnings,
  ],
})
export class StatementsModule {}
