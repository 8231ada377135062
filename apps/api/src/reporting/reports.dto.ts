import { ApiPropertyOptional } from '@nestjs/swagger';
import { fundingStreams, type LedgerStream } from '@ringfence/kernel';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { DateField, IdField } from '../http/fields.js';

const streams = [...fundingStreams, 'FAMILY', 'UNALLOCATED'] as const;

export class BalancesQuery {
  @IdField()
  budgetId!: string;

  @DateField({ optional: true, description: 'At the end of this day; today when left out' })
  at?: string;
}

export class StatementOfAccountQuery {
  @IdField()
  budgetId!: string;

  @ApiPropertyOptional({ enum: streams })
  @IsOptional()
  @IsIn(streams)
  stream?: LedgerStream;

  @DateField()
  from!: string;

  @DateField()
  to!: string;
}

export class TrialBalanceQuery {
  @ApiPropertyOptional({
    type: String,
    pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
    example: '2026-04',
    description: 'Everything posted when left out',
  })
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'month must be a month, written as "2026-04"' })
  month?: string;
}
