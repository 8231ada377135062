import {
  addDays,
  addMonths,
  daysBetween,
  decimalText,
  Problem,
  type CalendarDate,
  type Fault,
  type Money,
} from '@ringfence/kernel';
import { Decimal } from 'decimal.js';
import {
  datesWorkedMax,
  deductionsPence,
  employerCostsPence,
  linesPerPayslipMax,
  payAgeMonthsMax,
  payAheadDaysMax,
  payLagDaysMax,
  payslipsPerRunMax,
  periodDaysMax,
  reimbursementsPence,
  streamsPerPayslipMax,
  sumOf,
  type PayRunReport,
  type PayslipReport,
} from './pay-run.js';

/**
 * Refuses a pay run that does not add up. All faults of the payslips are collected first; only a run whose payslips
 * are each right is held against its control totals. `today` bounds the pay date.
 */
export function checkPayRun(run: PayRunReport, today: CalendarDate): void {
  const faults = [
    ...sizeFaults(run),
    ...payDateFaults(run, today),
    ...run.payslips.flatMap((payslip, index) => payslipFaults(payslip, run.payDate, `/payslips/${index}`)),
  ];
  const [first] = faults;
  if (first) {
    const more = faults.length > 1 ? ` There are ${faults.length - 1} more faults under "errors".` : '';
    throw new Problem('invalid-request', first.message + more, { errors: faults });
  }
  const mismatches = controlTotalFaults(run);
  if (mismatches[0]) throw new Problem('control-total-mismatch', mismatches[0].message, { errors: mismatches });
}

/** Every check of one payslip by itself, in the order in which a payroll clerk would look. */
export function payslipFaults(payslip: PayslipReport, payDate: CalendarDate, at: string): Fault[] {
  return [
    ...payeeFaults(payslip, at),
    ...periodFaults(payslip, payDate, at),
    ...negativeFaults(payslip, at),
    ...lineFaults(payslip, at),
    ...netFaults(payslip, at),
    ...allowanceFaults(payslip, at),
    ...streamFaults(payslip, at),
  ];
}

export function controlTotalFaults(run: PayRunReport): Fault[] {
  const { controlTotals: stated, payslips } = run;
  const faults: Fault[] = [];
  if (stated.payslips !== payslips.length) {
    const message = `/controlTotals/payslips says ${stated.payslips}, but the run has ${payslips.length} payslips: send the whole run.`;
    faults.push({ pointer: '/controlTotals/payslips', message });
  }
  const compare = (field: string, statedPence: Money, foundPence: Money): void => {
    if (statedPence === foundPence) return;
    const pointer = `/controlTotals/${field}`;
    const difference = decimalText(foundPence - statedPence);
    const message = `${pointer} says ${decimalText(statedPence)}, but the payslips sum to ${decimalText(foundPence)}, a difference of ${difference}: correct the payslip or the total.`;
    faults.push({ pointer, message });
  };
  compare('gross', stated.grossPence, sumOf(payslips.map(({ grossPence }) => grossPence)));
  compare('net', stated.netPence, sumOf(payslips.map(({ netPence }) => netPence)));
  compare('employerCosts', stated.employerCostsPence, sumOf(payslips.map(employerCostsPence)));
  return faults;
}

function sizeFaults(run: PayRunReport): Fault[] {
  const count = run.payslips.length;
  if (count >= 1 && count <= payslipsPerRunMax) return [];
  return [fault('/payslips', `has ${count} payslips: send 1 to ${payslipsPerRunMax} in one run.`)];
}

function payDateFaults({ payDate }: PayRunReport, today: CalendarDate): Fault[] {
  if (payDate > addDays(today, payAheadDaysMax)) {
    return [
      fault('/payDate', `is ${payDate}, more than ${payAheadDaysMax} days from today: report the run nearer its day.`),
    ];
  }
  if (payDate >= addMonths(today, -payAgeMonthsMax)) return [];
  return [fault('/payDate', `is ${payDate}, more than ${payAgeMonthsMax / 12} years ago: check the date.`)];
}

function payeeFaults(payslip: PayslipReport, at: string): Fault[] {
  if (payslip.payeeId !== undefined || payslip.employeeReference !== undefined) return [];
  return [fault(`${at}/payeeId`, 'is missing: name the employee by payeeId or by employeeReference.')];
}

function periodFaults(payslip: PayslipReport, payDate: CalendarDate, at: string): Fault[] {
  const { periodStart, periodEnd } = payslip;
  if (periodEnd < periodStart) {
    return [fault(`${at}/periodEnd`, `is ${periodEnd}, before the period starts on ${periodStart}: check the dates.`)];
  }
  const faults: Fault[] = [];
  const days = daysBetween(periodStart, periodEnd) + 1;
  if (days > periodDaysMax) {
    faults.push(fault(`${at}/periodEnd`, `makes a period of ${days} days: ${periodDaysMax} is the most, so split it.`));
  }
  if (payDate < periodStart) {
    faults.push(fault(`${at}/periodStart`, `is ${periodStart}, after the pay date ${payDate}: check the dates.`));
  }
  if (payDate > addDays(periodEnd, payLagDaysMax)) {
    faults.push(
      fault(
        `${at}/periodEnd`,
        `is ${periodEnd}, more than ${payLagDaysMax} days before the pay date ${payDate}: check it.`,
      ),
    );
  }
  return [...faults, ...datesWorkedFaults(payslip, at)];
}

function datesWorkedFaults({ datesWorked = [], periodStart, periodEnd }: PayslipReport, at: string): Fault[] {
  if (datesWorked.length > datesWorkedMax) {
    return [fault(`${at}/datesWorked`, `has ${datesWorked.length} days: ${datesWorkedMax} is the most.`)];
  }
  return datesWorked.flatMap((day, place) => {
    const pointer = `${at}/datesWorked/${place}`;
    if (datesWorked.indexOf(day) !== place) return [fault(pointer, `is ${day} again: name each day worked once.`)];
    if (day >= periodStart && day <= periodEnd) return [];
    return [fault(pointer, `is ${day}, outside the pay period ${periodStart} to ${periodEnd}: check the dates.`)];
  });
}

/** Only tax may be given back on a payslip: everything else is put right in a later run. */
function negativeFaults(payslip: PayslipReport, at: string): Fault[] {
  const { deductions } = payslip;
  const amounts: [string, Money][] = [
    ['gross', payslip.grossPence],
    ['net', payslip.netPence],
    ['deductions/employeeNi', deductions.employeeNiPence],
    ['deductions/studentLoan', deductions.studentLoanPence],
    ['deductions/employeePension', deductions.employeePensionPence],
    ['deductions/attachment', deductions.attachmentPence],
    ['employerNi', payslip.employerNiPence],
    ['employerPension', payslip.employerPensionPence],
    ['employmentAllowance', payslip.employmentAllowancePence],
    ['holidayAccrual', payslip.holidayAccrualPence],
    ['fee', payslip.feePence],
    ...payslip.reimbursements.map((line, index): [string, Money] => [
      `reimbursements/${index}/amount`,
      line.amountPence,
    ]),
    ...payslip.streams.map((split, index): [string, Money] => [`streams/${index}/amount`, split.amountPence ?? 0n]),
  ];
  return amounts
    .filter(([, pence]) => pence < 0n)
    .map(([field, pence]) => fault(`${at}/${field}`, `is ${decimalText(pence)}: it cannot be below zero.`));
}

function lineFaults(payslip: PayslipReport, at: string): Fault[] {
  const faults: Fault[] = [];
  for (const list of ['lines', 'reimbursements'] as const) {
    if (payslip[list].length > linesPerPayslipMax) {
      faults.push(fault(`${at}/${list}`, `has ${payslip[list].length} lines: ${linesPerPayslipMax} is the most.`));
    }
  }
  const sum = sumOf(payslip.lines.map((line) => line.amountPence));
  if (sum !== payslip.grossPence) {
    const found = `is ${decimalText(payslip.grossPence)}, but its lines sum to ${decimalText(sum)}: correct the gross or the lines.`;
    faults.push(fault(`${at}/gross`, found));
  }
  return faults;
}

function netFaults(payslip: PayslipReport, at: string): Fault[] {
  const deductions = deductionsPence(payslip.deductions);
  const reimbursed = reimbursementsPence(payslip);
  const expected = payslip.grossPence - deductions + reimbursed;
  if (expected === payslip.netPence) return [];
  const sum = `gross ${decimalText(payslip.grossPence)} less deductions ${decimalText(deductions)} plus reimbursements ${decimalText(reimbursed)}`;
  const found = `is ${decimalText(payslip.netPence)}, but ${sum} is ${decimalText(expected)}: correct the payslip.`;
  return [fault(`${at}/net`, found)];
}

function allowanceFaults(payslip: PayslipReport, at: string): Fault[] {
  const { employmentAllowancePence: allowance, employerNiPence: employerNi } = payslip;
  if (allowance <= employerNi) return [];
  const found = `is ${decimalText(allowance)}, more than the employer's National Insurance of ${decimalText(employerNi)}: it can take off no more than that.`;
  return [fault(`${at}/employmentAllowance`, found)];
}

function streamFaults(payslip: PayslipReport, at: string): Fault[] {
  const { streams, grossPence } = payslip;
  const pointer = `${at}/streams`;
  if (streams.length < 1 || streams.length > streamsPerPayslipMax) {
    return [
      fault(pointer, `has ${streams.length} entries: say which 1 to ${streamsPerPayslipMax} streams bear the cost.`),
    ];
  }
  const byPercent = streams.filter(({ percent }) => percent !== undefined).length;
  const byAmount = streams.filter(({ amountPence }) => amountPence !== undefined).length;
  if (byPercent + byAmount !== streams.length || (byPercent > 0 && byAmount > 0)) {
    return [fault(pointer, 'must give every entry a percent, or every entry an amount.')];
  }
  if (byAmount > 0) {
    const sum = sumOf(streams.map(({ amountPence = 0n }) => amountPence));
    if (sum === grossPence && sum > 0n) return [];
    const found = `have amounts that sum to ${decimalText(sum)}, but the gross is ${decimalText(grossPence)}: amounts share out the gross.`;
    return [fault(pointer, found)];
  }
  const sum = streams.reduce((total, { percent = '0' }) => total.plus(percent), new Decimal(0));
  if (sum.equals(100)) return [];
  return [fault(pointer, `have percentages that sum to ${sum.toString()}: they must sum to 100.`)];
}

function fault(pointer: string, rest: string): Fault {
  return { pointer, message: `${pointer} ${rest}` };
}
