import { usualPayslipsMax, usualPayslipsMin } from '@ringfence/payroll';
import { amount, answer, date, decimal, page, text, whole, yesNo } from '../http/shapes.js';

export const payrollThreshold = answer(
  'PayrollThresholds',
  'From which figures on a pay run waits for an officer, for runs that come from a day on',
  {
    validFrom: date('For runs that come on this day or later, until the next'),
    national: yesNo('Whether they are the ones for authorities that have set none'),
    grossTimesUsual: decimal('Gross pay above so many times the usual of the employee', '3'),
    usualPayslips: whole('The usual is the middle of so many last payslips, day for day', {
      minimum: usualPayslipsMin,
      maximum: usualPayslipsMax,
    }),
    firstGrossPerWeek: amount('Gross pay for seven days, as long as there are fewer than 3 payslips'),
    hoursPerDay: decimal('Hours for each day worked, or of the period where no days are named', '24'),
    employerCostsPercent: decimal('Employer’s National Insurance and pension, as a percentage of the gross', '45'),
    lineDifference: amount('How far an amount may be from its hours times its rate'),
    overBudget: amount('How far a stream may go beyond what is left of it for the budget’s year'),
    source: text('The document that sets them'),
  },
);
export const payrollThresholds = page(payrollThreshold);
