import { Module } from '@nestjs/common';
import { ParseStatement } from './parse-statement.js';
import { StatementImports } from './statement-imports.service.js';

@Module({ providers: [StatementImports, ParseStatement], exports: [StatementImports, ParseStatement] })
export class StatementsModule {}
