import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { fundingStreams, type FundingStream } from '@ringfence/kernel';
import { exceptionTextMax } from '@ringfence/spending-rules';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { DateField, IdField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class ApproveExceptionDto {
  @IdField()
  budgetId!: string;

  @ApiProperty({ description: 'The code of the rule, such as HOUSEHOLD_FAMILY' })
  @Length(2, 60)
  rule!: string;

  @IdField()
  payeeId!: string;

  @ApiPropertyOptional({ enum: fundingStreams, description: 'Left out: the money of every stream' })
  @IsOptional()
  @IsIn(fundingStreams)
  stream?: FundingStream;

  @ApiProperty()
  @Length(1, exceptionTextMax)
  reasons!: string;

  @ApiProperty({ description: 'What the approver saw' })
  @Length(1, exceptionTextMax)
  evidence!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Length(1, exceptionTextMax)
  conditions?: string;

  @DateField()
  validFrom!: string;

  @DateField({ description: 'The last day; no later than the next review' })
  validTo!: string;

  @ApiPropertyOptional({ description: 'What the approver is to the payee, in plain words', default: 'none' })
  @IsOptional()
  @Length(1, 60)
  approverRelationship?: string;
}

export class EndExceptionDto {
  @DateField({ description: 'The last day on which it counts: today or later' })
  validTo!: string;

  @ApiProperty()
  @Length(1, exceptionTextMax)
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
