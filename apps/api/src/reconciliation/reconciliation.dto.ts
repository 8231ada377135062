import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { fundingStreams, type FundingStream } from '@ringfence/kernel';
import {
  lineStates,
  partsPerLineMax,
  payrollControls,
  suggestionsAtOnceMax,
  type LineState,
  type PayrollControl,
} from '@ringfence/reconciliation';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsOptional, IsUUID, Length } from 'class-validator';
import { AmountField, DateField, IdField, ObjectField, ObjectsField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';
import { verdicts } from '../spending-rules/findings.responses.js';

export const targetTypes = ['instalment', 'payslip', 'budget-line', 'payroll-control', 'family-money'] as const;
export type TargetType = (typeof targetTypes)[number];

export class LinesQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @IdField({ optional: true })
  designatedAccountId?: string;

  @DateField({ optional: true })
  from?: string;

  @DateField({ optional: true })
  to?: string;

  @ApiPropertyOptional({ enum: lineStates })
  @IsOptional()
  @IsIn(lineStates)
  state?: LineState;

  @ApiPropertyOptional({ enum: verdicts })
  @IsOptional()
  @IsIn(verdicts)
  verdict?: string;
}

export class TargetDto {
  @ApiProperty({ enum: targetTypes })
  @IsIn(targetTypes)
  type!: TargetType;

  @IdField({ optional: true, description: 'For an instalment' })
  instalmentId?: string;

  @IdField({ optional: true, description: 'For a payslip' })
  payslipId?: string;

  @IdField({ optional: true, description: 'For a budget line' })
  budgetLineId?: string;

  @IdField({ optional: true, description: 'For a budget line with several outcomes' })
  outcomeId?: string;

  @DateField({ optional: true, description: 'For a budget line: the day of the service, where it is not the line’s' })
  serviceDate?: string;

  @IdField({ optional: true, description: 'For a payroll control or family money' })
  budgetId?: string;

  @ApiPropertyOptional({ enum: payrollControls })
  @IsOptional()
  @IsIn(payrollControls)
  control?: PayrollControl;

  @ApiPropertyOptional({ enum: fundingStreams })
  @IsOptional()
  @IsIn(fundingStreams)
  stream?: FundingStream;
}

export class PartDto {
  @AmountField({ positive: false, description: 'Signed as the line is: money out is negative' })
  amount!: string;

  @ObjectField(TargetDto)
  target!: TargetDto;
}

/** Either suggestions to accept as they stand, or a line with its parts. */
export class AllocateDto {
  @ApiPropertyOptional({ type: 'array', items: { type: 'string', format: 'uuid' } })
  @IsOptional()
  @IsUUID('all', { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(suggestionsAtOnceMax)
  suggestionIds?: string[];

  @IdField({ optional: true })
  statementLineId?: string;

  @ObjectsField(PartDto, { optional: true, min: 1, max: partsPerLineMax })
  parts?: PartDto[];

  @ApiPropertyOptional({ description: 'Why: kept with each part' })
  @IsOptional()
  @Length(1, 2000)
  reasons?: string;
}

export class UndoDto {
  @ApiProperty()
  @Length(1, 2000)
  reasons!: string;
}
