import { addMonths, splitMoney, type FundingStream, type Money } from '@ringfence/kernel';
import { dayOf, workday, type DemoMonth, type DemoYear } from '../demo-year.js';
import { payslipsAccepted, pounds, type Movement, type PartScenario, type PayRunScenario } from '../scenario.js';
import { monthsPayslip, type Worker } from './payslips.js';

/** The plan's month, counted from 0, from which the hours go up. */
export const upliftPlace = 7;
const feePence = pounds('5.00');
const shares = [
  { stream: 'HEALTH', percent: '70' },
  { stream: 'SOCIAL_CHILD', percent: '30' },
] as const;

/** The year's pay runs of Lisa's carers, each borne by two payers. */
export function lisasPayRuns(year: DemoYear): PayRunScenario[] {
  return year.months.map((month, place) => payRun(year, month, place >= upliftPlace));
}

/** What leaves the account for them: wages, pension, tax and the bureau's fee. */
export function lisasPayments(year: DemoYear, runs: readonly PayRunScenario[]): Movement[] {
  return [...runs.flatMap(wages), ...controlsPaid(year, runs)];
}

const names = { dawn: 'DAWN PICKERING', kezia: 'KEZIA OBI', callum: 'CALLUM HAWORTH' } as const;

/** The summer, in which Callum lives at home. */
function isSummer(month: DemoMonth): boolean {
  return month.number >= 7 && month.number <= 9;
}

function payRun(year: DemoYear, month: DemoMonth, raised: boolean): PayRunScenario {
  const more = raised ? 20 : 0;
  const worker = (employee: keyof typeof names, employeeReference: string, rate: string, age: number): Worker => ({
    budget: 'lisa',
    employee,
    employeeReference,
    dateOfBirth: addMonths(year.first, -age * 12 - 3),
    niCategory: age < 20 ? 'M' : 'A',
    ratePounds: rate,
    ratePence: pounds(rate),
    feePence,
    inPension: employee === 'dawn',
    streams: shares.map((share) => ({ ...share, line: share.stream === 'HEALTH' ? 'carers-health' : 'carers-care' })),
  });
  const payslips = [
    monthsPayslip(worker('dawn', 'BW-301', '15.00', 41), month, 80 + more),
    monthsPayslip(worker('kezia', 'BW-302', '14.50', 28), month, 52 + more),
    ...(isSummer(month) && month.number !== 7
      ? []
      : [monthsPayslip(worker('callum', 'BW-303', '13.50', 19), month, 24)]),
  ];
  const run = {
    bureau: 'brightwater',
    reference: `BW ${month.first.slice(0, 7)} HAWORTH`,
    payDate: workday(dayOf(month, 28)),
    payslips,
  };
  // The bureau was not told that he had come home, and paid him for July as before.
  return month.number === 7 ? { ...run, refused: { type: 'spend-excluded', employee: 'callum' } } : run;
}

function wages(run: PayRunScenario): Movement[] {
  return payslipsAccepted(run).map((payslip) => ({
    key: `wages ${run.reference} ${payslip.employee}`,
    date: run.payDate,
    amountPence: -payslip.netPence,
    move: 'transfer',
    who: names[payslip.employee as keyof typeof names],
    reference: 'WAGES',
    about: { kind: 'payslip', run: run.reference, employee: payslip.employee },
  }));
}

/** Pension and the bureau's fee leave in the month after; tax and National Insurance once a quarter. */
function controlsPaid(year: DemoYear, runs: readonly PayRunScenario[]): Movement[] {
  const paid: Movement[] = [];
  let unpaidToHmrc: PayRunScenario[] = [];
  for (const [place, month] of year.months.entries()) {
    const before = runs[place - 1];
    if (before) {
      unpaidToHmrc.push(before);
      const [pension, fee] = [workday(dayOf(month, 5)), workday(dayOf(month, 3))];
      paid.push(
        control('PENSION', [before], pension, 'NEST', (slip) => slip.employeePensionPence + slip.employerPensionPence),
      );
      paid.push(control('PAYROLL_FEE', [before], fee, 'BRIGHTWATER PAYROLL', (slip) => slip.feePence));
    }
    if (month.number % 3 === 1 && unpaidToHmrc.length > 0) {
      paid.push(
        control(
          'HMRC',
          unpaidToHmrc,
          workday(dayOf(month, 20)),
          'HMRC PAYE',
          (slip) => slip.taxPence + slip.employeeNiPence,
        ),
      );
      unpaidToHmrc = [];
    }
  }
  return paid;
}

function control(
  control: 'HMRC' | 'PENSION' | 'PAYROLL_FEE',
  runs: readonly PayRunScenario[],
  date: string,
  who: string,
  owed: (payslip: PayRunScenario['payslips'][number]) => Money,
): Movement {
  const owedByStream = new Map<FundingStream, Money>();
  for (const payslip of runs.flatMap(payslipsAccepted)) {
    const parts = splitMoney(
      owed(payslip),
      shares.map(({ percent }) => percent),
    );
    shares.forEach(({ stream }, order) => owedByStream.set(stream, (owedByStream.get(stream) ?? 0n) + parts[order]!));
  }
  const parts = [...owedByStream].map(([stream, pence]): PartScenario => ({
    control,
    budget: 'lisa',
    stream,
    amountPence: -pence,
  }));
  const references = runs.map(({ reference }) => reference).join(', ');
  return {
    key: `${control} ${date}`,
    date,
    amountPence: parts.reduce((sum, { amountPence }) => sum + amountPence, 0n),
    move: 'direct-debit',
    who,
    reference: 'HAWORTH',
    about: { kind: 'parts', parts, reasons: `What the bureau’s reports say is owed for ${references}.` },
  };
}
