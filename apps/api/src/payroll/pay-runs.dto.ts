import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type FundingStream,
  fundingStreams,
  nameCharactersMax,
  reasonsCharactersMax,
  referenceCharactersMax,
  shortCodeCharactersMax,
} from '@ringfence/kernel';
import {
  datesWorkedMax,
  linesPerPayslipMax,
  payFrequencies,
  payRunStates,
  payslipsPerRunMax,
  streamsPerPayslipMax,
  type PayFrequency,
  type PayRunState,
} from '@ringfence/payroll';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import {
  AmountField,
  BooleanField,
  ChoiceField,
  DateField,
  IdField,
  IntegerField,
  ObjectField,
  ObjectsField,
  PatternField,
  TextField,
} from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

/** A decimal above zero. */
const decimal = (places: number) => new RegExp(`^(?=.*[1-9])\\d{1,5}(\\.\\d{1,${places}})?$`);

export class PayLineDto {
  @TextField({ max: shortCodeCharactersMax, optional: true })
  code?: string;

  @TextField({ max: nameCharactersMax })
  description!: string;

  @PatternField(decimal(2), 'must be hours above zero, written as a string such as "12.5"', {
    optional: true,
    example: '12.5',
  })
  hours?: string;

  @PatternField(decimal(4), 'must be pounds an hour, written as a string such as "13.25"', {
    optional: true,
    example: '13.25',
    description: 'Pounds an hour',
  })
  rate?: string;

  @AmountField({ positive: false, description: 'Negative where earlier pay is corrected' })
  amount!: string;
}

export class ReimbursementDto {
  @TextField({ max: nameCharactersMax })
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
  @ChoiceField(fundingStreams)
  stream!: FundingStream;

  @PatternField(/^\d{1,3}(\.\d{1,4})?$/, 'must be a percentage, written as a string such as "60"', {
    optional: true,
    example: '60',
    description: 'Percentages sum to 100',
  })
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

  @TextField({
    max: referenceCharactersMax,
    optional: true,
    description: 'The reference under which the bureau knows the employee',
  })
  employeeReference?: string;

  @PatternField(/^[A-Z]$/, 'must be a National Insurance category, one capital letter', {
    optional: true,
    example: 'A',
  })
  niCategory?: string;

  @DateField({ optional: true, description: 'For the National Minimum Wage alone; it is not kept' })
  employeeDateOfBirth?: string;

  @BooleanField({ optional: true })
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
  @IntegerField({ min: 1, max: payslipsPerRunMax })
  payslips!: number;

  @AmountField({ positive: false })
  gross!: string;

  @AmountField({ positive: false })
  net!: string;

  @AmountField({ positive: false, description: 'Employer’s National Insurance and employer’s pension' })
  employerCosts!: string;
}

export class PayRunDto {
  @TextField({ max: referenceCharactersMax, description: 'The bureau’s own name for the run; a run is reported once' })
  reference!: string;

  @DateField()
  payDate!: string;

  @ChoiceField(payFrequencies)
  frequency!: PayFrequency;

  @ObjectsField(PayslipDto, { min: 1, max: payslipsPerRunMax })
  payslips!: PayslipDto[];

  @ObjectField(ControlTotalsDto)
  controlTotals!: ControlTotalsDto;
}

export class PayRunDecisionDto {
  @ApiProperty({ maxLength: reasonsCharactersMax, description: 'Why, in words; they are kept with your name' })
  @MaxLength(reasonsCharactersMax)
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

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @ChoiceField(payRunStates, { optional: true, description: 'In capitals or not; left out: runs in every state' })
  state?: PayRunState;

  @DateField({ optional: true, description: 'Pay date from' })
  from?: string;

  @DateField({ optional: true, description: 'Pay date to' })
  to?: string;
}
