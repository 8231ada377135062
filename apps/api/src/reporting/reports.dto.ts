import { ApiPropertyOptional } from '@nestjs/swagger';
import { fundingStreams, type FundingStream, type LedgerStream } from '@ringfence/kernel';
import { workNeeds, type WorkNeed } from '@ringfence/reporting';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { DateField, IdField, MonthField } from '../http/fields.js';
import { ledgerStreams } from './reports.responses.js';

export class BalancesQuery {
  @IdField()
  budgetId!: string;

  @DateField({ optional: true, description: 'At the end of this day; today when left out' })
  at?: string;
}

export class StatementOfAccountQuery {
  @IdField()
  budgetId!: string;

  @ApiPropertyOptional({ enum: ledgerStreams })
  @IsOptional()
  @IsIn(ledgerStreams)
  stream?: LedgerStream;

  @DateField()
  from!: string;

  @DateField()
  to!: string;
}

export class TrialBalanceQuery {
  @MonthField({ optional: true, description: 'Everything posted when left out' })
  month?: string;
}

export const workListTextCharactersMax = 100;

export class WorkListQuery {
  @ApiPropertyOptional({
    type: String,
    maxLength: workListTextCharactersMax,
    description: 'Part of the reference or of a name',
  })
  @IsOptional()
  @IsString()
  @MaxLength(workListTextCharactersMax)
  text?: string;

  @ApiPropertyOptional({ enum: fundingStreams })
  @IsOptional()
  @IsIn(fundingStreams)
  stream?: FundingStream;

  @ApiPropertyOptional({ enum: workNeeds, description: 'Only budgets that need this; all when left out' })
  @IsOptional()
  @IsIn(workNeeds)
  need?: WorkNeed;
}
