import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { fundingStreams, type FundingStream } from '@ringfence/kernel';
import {
  datesWorkedMax,
  decisionReasonsCharactersMax,
  linesPerPayslipMax,
  payFrequencies,
  payRunStates,
  payslipsPerRunMax,
  streamsPerPayslipMax,
  type PayFrequency,
  type PayRunState,
} from '@ringfence/payroll';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { AmountField, DateField, IdField, ObjectField, ObjectsField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

/** A decimal above zero. */
const decimal = (places: number) => new RegExp(`^(?=.*[1-9])\\d{1,5}(\\.\\d{1,${places}})?$`);

export class PayLineDto {
  @ApiPropertyOptional()
  @IsOptional()
  @Length(1, 40)
  code?: string;

  @ApiProperty()
  @Length(1, 200)
  description!: string;

  @ApiPropertyOptional({ example: '12.5' })
  @IsOptional()
  @Matches(decimal(2), { message: '$property must be hours above zero, written as a string such as "12.5"' })
  hours?: string;

  @ApiPropertyOptional({ example: '13.25', description: 'Pounds an hour' })
  @IsOptional()
  @Matches(decimal(4), { message: '$property must be pounds an hour, written as a string such as "13.25"' })
  rate?: string;

  @AmountField({ positive: false, description: 'Negative where earlier pay is corrected' })
  amount!: string;
}

export class ReimbursementDto {
  @ApiProperty()
  @Length(1, 200)
  description!: string;

  @AmountField()
  amount!: string;
}

/** What is taken from the gross; what is left out is nothing. */
export class DeductionsDto {
  @AmountField({ optional: true, positive: false, description: 'Negative where tax is given back' })
  tax?: string;

  @AmountField({ optional: true, positive: false })
  employeeNi?: string;

  @AmountField({ optional: true, positive: false })
  studentLoan?: string;

  @AmountField({ optional: true, positive: false })
  employeePension?: string;

  @AmountField({ optional: true, positive: false })
  attachment?: string;
}

export class StreamSplitDto {
  @ApiProperty({ enum: fundingStreams })
  @IsIn(fundingStreams)
  stream!: FundingStream;

  @ApiPropertyOptional({ example: '60', description: 'Percentages sum to 100' })
  @IsOptional()
  @Matches(/^\d{1,3}(\.\d{1,4})?$/, { message: '$property must be a percentage, written as a string such as "60"' })
  percent?: string;

  @AmountField({ optional: true, positive: false, description: 'Amounts sum to the gross' })
  amount?: string;

  @IdField({ optional: true })
  budgetLineId?: string;

  @IdField({ optional: true })
  outcomeId?: string;
}

export class PayslipDto {
  @IdField()
  budgetId!: string;

  @IdField({ optional: true, description: 'The employee; or name employeeReference' })
  payeeId?: string;

  @ApiPropertyOptional({ description: 'The reference under which the bureau knows the employee' })
  @IsOptional()
  @Length(1, 60)
  employeeReference?: string;

  @ApiPropertyOptional({ example: 'A' })
  @IsOptional()
  @Matches(/^[A-Z]$/, { message: '$property must be a National Insurance category, one capital letter' })
  niCategory?: string;

  @DateField({ optional: true, description: 'For the National Minimum Wage alone; it is not kept' })
  employeeDateOfBirth?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsBoolean()
  apprentice?: boolean;

  @DateField()
  periodStart!: string;

  @DateField()
  periodEnd!: string;

  @ApiPropertyOptional({ type: [String], description: 'Left out: every day of the period is taken as worked' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(datesWorkedMax)
  @IsString({ each: true })
  datesWorked?: string[];

  @ObjectsField(PayLineDto, { max: linesPerPayslipMax })
  lines!: PayLineDto[];

  @AmountField({ positive: false })
  gross!: string;

  @ObjectField(DeductionsDto)
  deductions!: DeductionsDto;

  @ObjectsField(ReimbursementDto, { optional: true, max: linesPerPayslipMax })
  reimbursements?: ReimbursementDto[];

  @AmountField({ positive: false })
  net!: string;

  @AmountField({ positive: false })
  employerNi!: string;

  @AmountField({ positive: false })
  employerPension!: string;

  @AmountField({ optional: true, positive: false })
  employmentAllowance?: string;

  @AmountField({ optional: true, positive: false })
  holidayAccrual?: string;

  @AmountField({ optional: true, positive: false, description: 'The bureau’s own fee, where the budget pays it' })
  fee?: string;

  @ObjectsField(StreamSplitDto, { min: 1, max: streamsPerPayslipMax })
  streams!: StreamSplitDto[];
}

export class ControlTotalsDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: payslipsPerRunMax })
  @IsInt()
  @Min(1)
  @Max(payslipsPerRunMax)
  payslips!: number;

  @AmountField({ positive: false })
  gross!: string;

  @AmountField({ positive: false })
  net!: string;

  @AmountField({ positive: false, description: 'Employer’s National Insurance and employer’s pension' })
  employerCosts!: string;
}

export class PayRunDto {
  @ApiProperty({ description: 'The bureau’s own name for the run; a run is reported once' })
  @Length(1, 60)
  reference!: string;

  @DateField()
  payDate!: string;

  @ApiProperty({ enum: payFrequencies })
  @IsIn(payFrequencies)
  frequency!: PayFrequency;

  @ObjectsField(PayslipDto, { min: 1, max: payslipsPerRunMax })
  payslips!: PayslipDto[];

  @ObjectField(ControlTotalsDto)
  controlTotals!: ControlTotalsDto;
}

export class PayRunDecisionDto {
  @ApiProperty({ maxLength: decisionReasonsCharactersMax, description: 'Why, in words; they are kept with your name' })
  @MaxLength(decisionReasonsCharactersMax)
  @Matches(/\S/, { message: '$property must say why' })
  reasons!: string;
}

export class PayRunsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  reference?: string;

  @ApiPropertyOptional({ enum: payRunStates, description: 'In capitals or not; left out: runs in every state' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @IsIn(payRunStates)
  state?: PayRunState;

  @DateField({ optional: true, description: 'Pay date from' })
  from?: string;

  @DateField({ optional: true, description: 'Pay date to' })
  to?: string;
}
