import { ApiPropertyOptional } from '@nestjs/swagger';
import { type FundingStream, fundingStreams, reasonsCharactersMax, referenceCharactersMax } from '@ringfence/kernel';
import { IsOptional, IsString } from 'class-validator';
import { ChoiceField, DateField, IdField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class ApproveExceptionDto {
  @IdField()
  budgetId!: string;

  @TextField({ min: 2, max: referenceCharactersMax, description: 'The code of the rule, such as HOUSEHOLD_FAMILY' })
  rule!: string;

  @IdField()
  payeeId!: string;

  @ChoiceField(fundingStreams, { optional: true, description: 'Left out: the money of every stream' })
  stream?: FundingStream;

  @TextField({ max: reasonsCharactersMax })
  reasons!: string;

  @TextField({ max: reasonsCharactersMax, description: 'What the approver saw' })
  evidence!: string;

  @TextField({ max: reasonsCharactersMax, optional: true })
  conditions?: string;

  @DateField()
  validFrom!: string;

  @DateField({ description: 'The last day; no later than the next review' })
  validTo!: string;

  @TextField({
    max: referenceCharactersMax,
    optional: true,
    description: 'What the approver is to the payee, in plain words',
    default: 'none',
  })
  approverRelationship?: string;
}

export class EndExceptionDto {
  @DateField({ description: 'The last day on which it counts: today or later' })
  validTo!: string;

  @TextField({ max: reasonsCharactersMax })
  reasons!: string;
}

export class ExceptionsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @IdField({ optional: true })
  payeeId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  rule?: string;

  @DateField({ optional: true, description: 'Only those in force on this day' })
  on?: string;
}
