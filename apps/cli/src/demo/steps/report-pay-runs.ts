import { decimalText, type Money } from '@ringfence/kernel';
import { Refused } from '../api-client.js';
import type { FamilyContext, DemoContext } from '../context.js';
import { payslipsAccepted, type PayRunScenario, type PayslipScenario } from '../scenario.js';

export interface RefusalMet {
  readonly what: string;
  readonly status: number;
  readonly type: string;
  readonly sentence: string;
}

/** The bureaux report the year's pay runs. A run that is refused is sent again without whom the refusal named. */
export async function reportPayRuns(
  context: DemoContext,
  { family, ids }: FamilyContext,
): Promise<{ runs: number; refusals: RefusalMet[] }> {
  const refusals: RefusalMet[] = [];
  for (const run of family.payRuns) {
    const { client } = context.organisations.get(run.bureau)!;
    const send = (payslips: readonly PayslipScenario[], key: string): Promise<unknown> =>
      client.post('/v1/pay-runs', runBody(run, payslips, ids), key);
    if (!run.refused) {
      await send(run.payslips, `demo pay run ${run.reference}`);
      continue;
    }
    const { type, employee } = run.refused;
    try {
      await send(run.payslips, `demo pay run ${run.reference} first`);
      throw new Error(`The pay run ${run.reference} was taken, although ${employee} lives with the child.`);
    } catch (error) {
      if (!(error instanceof Refused) || error.type !== type) throw error;
      refusals.push({ what: run.reference, status: error.status, type: error.type, sentence: error.message });
    }
    const others = payslipsAccepted(run);
    // Under a name of its own, so that a load that is taken up again meets the same refusal again.
    const corrected = { ...run, reference: `${run.reference} B` };
    await client.post('/v1/pay-runs', runBody(corrected, others, ids), `demo pay run ${corrected.reference}`);
  }
  for (const run of family.heldRuns ?? []) {
    const { client } = context.organisations.get(run.bureau)!;
    const body = runBody(run, run.payslips, ids);
    const { state } = await client.post<{ state: string }>('/v1/pay-runs', body, `demo pay run ${run.reference}`);
    if (state !== 'HELD') throw new Error(`The pay run ${run.reference} was posted, although its hours are tenfold.`);
  }
  return { runs: family.payRuns.length, refusals };
}

function runBody(run: PayRunScenario, payslips: readonly PayslipScenario[], ids: FamilyContext['ids']): object {
  const total = (amountOf: (payslip: PayslipScenario) => Money): string =>
    decimalText(payslips.reduce((sum, payslip) => sum + amountOf(payslip), 0n));
  return {
    reference: run.reference,
    payDate: run.payDate,
    frequency: 'MONTHLY',
    payslips: payslips.map((payslip) => payslipBody(payslip, ids)),
    controlTotals: {
      payslips: payslips.length,
      gross: total(({ grossPence }) => grossPence),
      net: total(({ netPence }) => netPence),
      employerCosts: total(({ employerNiPence, employerPensionPence }) => employerNiPence + employerPensionPence),
    },
  };
}

function payslipBody(payslip: PayslipScenario, ids: FamilyContext['ids']): object {
  const { employeeReference, niCategory, dateOfBirth, periodStart, periodEnd } = payslip;
  return {
    budgetId: ids.budgets.get(payslip.budget),
    employeeReference,
    niCategory,
    employeeDateOfBirth: dateOfBirth,
    periodStart,
    periodEnd,
    lines: payslip.lines.map(({ description, hours, ratePounds, amountPence }) => ({
      description,
      hours,
      rate: ratePounds,
      amount: decimalText(amountPence),
    })),
    gross: decimalText(payslip.grossPence),
    deductions: {
      tax: decimalText(payslip.taxPence),
      employeeNi: decimalText(payslip.employeeNiPence),
      employeePension: decimalText(payslip.employeePensionPence),
    },
    net: decimalText(payslip.netPence),
    employerNi: decimalText(payslip.employerNiPence),
    employerPension: decimalText(payslip.employerPensionPence),
    employmentAllowance: decimalText(payslip.employmentAllowancePence),
    fee: decimalText(payslip.feePence),
    streams: payslip.streams.map(({ stream, percent, line }) => ({
      stream,
      percent,
      budgetLineId: ids.lines.get(line)?.id,
    })),
  };
}
