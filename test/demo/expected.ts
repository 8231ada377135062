import { decimalText, splitMoney, type Money } from '@ringfence/kernel';
import type { DemoYear } from '../../apps/cli/src/demo/demo-year.js';
import { dueDays } from '../../apps/cli/src/demo/families/instalments.js';
import type { Family, PayslipScenario } from '../../apps/cli/src/demo/scenario.js';

/** A stream of a budget as the books must have it, in the words of GET /v1/reports/balances. */
export interface ExpectedStream {
  received: string;
  dueFromPayer: string;
  spent: string;
  bank: string;
  owed: string;
  left: string;
  familyMoney: string;
}

interface Sums {
  received: Money;
  due: Money;
  spent: Money;
  bank: Money;
  owed: Money;
  family: Money;
}

/**
 * What the streams of a family must hold when the demo is loaded, worked out from its scenario alone: `budget stream` in
 * the scenario's keys. Nothing here has asked the service.
 */
export function expectedStreams(year: DemoYear, family: Family): Map<string, ExpectedStream> {
  const sums = new Map<string, Sums>();
  const at = (budget: string, stream: string): Sums => {
    const key = `${budget} ${stream}`;
    const held = sums.get(key) ?? { received: 0n, due: 0n, spent: 0n, bank: 0n, owed: 0n, family: 0n };
    sums.set(key, held);
    return held;
  };
  const lineOwner = new Map(
    family.budgets.flatMap(({ key, agreements }) =>
      agreements.flatMap(({ lines }) => lines.map((line) => [line.key, { budget: key, stream: line.stream }] as const)),
    ),
  );
  const schedules = family.budgets.flatMap(({ key, agreements }) =>
    agreements.flatMap((agreement) => agreement.schedules.map((schedule) => ({ budget: key, schedule }))),
  );
  const payslips = family.payRuns.flatMap((run) =>
    run.payslips.filter(({ employee }) => employee !== run.refused?.employee).map((payslip) => ({ run, payslip })),
  );

  for (const { budget, schedule } of schedules) {
    for (const day of dueDays(year, schedule))
      if (day <= year.today) at(budget, schedule.stream).due += schedule.amountPence;
  }
  for (const { payslip } of payslips) {
    for (const pence of Object.values(owedFor(payslip))) {
      const shares = splitMoney(
        pence,
        payslip.streams.map(({ percent }) => percent),
      );
      payslip.streams.forEach(({ stream }, order) => {
        const sum = at(payslip.budget, stream);
        sum.spent += shares[order]!;
        sum.owed += shares[order]!;
      });
    }
  }
  for (const { about, amountPence, date } of family.movements) {
    if (family.missingMonths.some((place) => year.months[place]!.first.slice(0, 7) === date.slice(0, 7))) continue;
    if (about.kind === 'instalment') {
      const { budget, schedule } = schedules.find((each) => each.schedule.key === about.schedule)!;
      const sum = at(budget, schedule.stream);
      sum.received += amountPence;
      sum.due -= amountPence;
      sum.bank += amountPence;
    }
    if (about.kind === 'line') spend(at, lineOwner.get(about.line)!, amountPence);
    if (about.kind === 'payslip') {
      const { payslip } = payslips.find(
        (each) => each.run.reference === about.run && each.payslip.employee === about.employee,
      )!;
      const shares = splitMoney(
        payslip.netPence,
        payslip.streams.map(({ percent }) => percent),
      );
      payslip.streams.forEach(({ stream }, order) => {
        at(payslip.budget, stream).bank -= shares[order]!;
        at(payslip.budget, stream).owed -= shares[order]!;
      });
    }
    if (about.kind !== 'parts') continue;
    for (const part of about.parts) {
      if ('line' in part) spend(at, lineOwner.get(part.line)!, part.amountPence);
      else if ('control' in part) {
        at(part.budget, part.stream).bank += part.amountPence;
        at(part.budget, part.stream).owed += part.amountPence;
      } else {
        at(part.familyMoneyOf, 'FAMILY').bank += part.amountPence;
        at(part.familyMoneyOf, 'FAMILY').family += part.amountPence;
      }
    }
  }
  return new Map([...sums].map(([key, sum]) => [key, inWords(sum)]));
}

function spend(
  at: (budget: string, stream: string) => Sums,
  owner: { budget: string; stream: string },
  pence: Money,
): void {
  at(owner.budget, owner.stream).spent -= pence;
  at(owner.budget, owner.stream).bank += pence;
}

/** What a payslip leaves to be paid, each by itself, because each is shared out by itself to the penny. */
function owedFor(payslip: PayslipScenario): Record<string, Money> {
  return {
    net: payslip.netPence,
    hmrc: payslip.taxPence + payslip.employeeNiPence + payslip.employerNiPence - payslip.employmentAllowancePence,
    pension: payslip.employeePensionPence + payslip.employerPensionPence,
    fee: payslip.feePence,
  };
}

function inWords({ received, due, spent, bank, owed, family }: Sums): ExpectedStream {
  return {
    received: decimalText(received),
    dueFromPayer: decimalText(due),
    spent: decimalText(spent),
    bank: decimalText(bank),
    owed: decimalText(owed),
    left: decimalText(received - spent),
    familyMoney: decimalText(family),
  };
}
