import { sourceCharactersMax } from '@ringfence/kernel';
import { ApiProperty } from '@nestjs/swagger';
import {
  employerCostsPercentMax,
  grossTimesUsualMax,
  hoursPerDayMax,
  usualPayslipsMax,
  usualPayslipsMin,
} from '@ringfence/payroll';
import { Matches } from 'class-validator';
import { AmountField, DateField, IntegerField, TextField } from '../http/fields.js';

const decimal = /^\d{1,3}(\.\d{1,2})?$/;
const written = (example: string) => ({
  message: `$property must be a number with two places at most, written as a string such as "${example}"`,
});

export class PayrollThresholdsDto {
  @DateField({ description: 'For runs that come on this day or later: today at the earliest' })
  validFrom!: string;

  @ApiProperty({ example: '3', description: `Times the usual of the employee, 1 to ${grossTimesUsualMax}` })
  @Matches(decimal, written('3'))
  grossTimesUsual!: string;

  @IntegerField({
    min: usualPayslipsMin,
    max: usualPayslipsMax,
    description: 'The usual is the middle of so many last payslips, day for day',
  })
  usualPayslips!: number;

  @AmountField({
    description: `Gross pay for seven days, as long as there are fewer than ${usualPayslipsMin} payslips`,
  })
  firstGrossPerWeek!: string;

  @ApiProperty({ example: '24', description: `Hours for each day worked, 1 to ${hoursPerDayMax}` })
  @Matches(decimal, written('24'))
  hoursPerDay!: string;

  @ApiProperty({
    example: '45',
    description: `Employer’s National Insurance and pension in percent of the gross, 0 to ${employerCostsPercentMax}`,
  })
  @Matches(decimal, written('45'))
  employerCostsPercent!: string;

  @AmountField({ positive: false, description: 'How far an amount may be from its hours times its rate' })
  lineDifference!: string;

  @AmountField({ positive: false, description: 'How far a stream may go beyond what is left of it for the year' })
  overBudget!: string;

  @TextField({ max: sourceCharactersMax, description: 'The document that sets them' })
  source!: string;
}
