import { usualPayslipsMax, usualPayslipsMin } from '@ringfence/payroll';
import { Type } from 'typebox';
import { amount, component, date, decimal, page } from '../http/schemas.js';

export const payrollThreshold = component(
  'PayrollThresholds',
  'From which figures on a pay run waits for an officer, for runs that come from a day on',
  {
    validFrom: date('For runs that come on this day or later, until the next'),
    national: Type.Boolean({ description: 'Whether they are the ones for authorities that have set none' }),
    grossTimesUsual: decimal('Gross pay above so many times the usual of the employee', '3'),
    usualPayslips: Type.Integer({
      minimum: usualPayslipsMin,
      maximum: usualPayslipsMax,
      description: 'The usual is the middle of so many last payslips, day for day',
    }),
    firstGrossPerWeek: amount('Gross pay for seven days, as long as there are fewer than 3 payslips'),
    hoursPerDay: decimal('Hours for each day worked, or of the period where no days are named', '24'),
    employerCostsPercent: decimal('Employer’s National Insurance and pension, as a percentage of the gross', '45'),
    lineDifference: amount('How far an amount may be from its hours times its rate'),
    overBudget: amount('How far a stream may go beyond what is left of it for the budget’s year'),
    source: Type.String({ description: 'The document that sets them' }),
  },
);
export const payrollThresholds = page(payrollThreshold);
