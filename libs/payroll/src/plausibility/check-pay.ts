import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { doubles } from '../domain/doubles.js';
import { holdReasons, type HoldReason, type PlausiblePayslip } from '../domain/hold-reasons.js';
import { thresholdsInForce } from '../domain/thresholds.js';
import { earlierPay, recordedPay, streamYears } from './plausibility.sql.js';
import { refuseFaults, type PreparedPayslip } from '../payslips/prepare-payslips.js';
import { thresholdsOf } from './payroll-thresholds.sql.js';

/** Refuses payslips that are on record already. `exceptRun` is the run itself, where it waits. Returns what may be one. */
export async function refuseDoubles(
  tx: Transaction,
  prepared: readonly PreparedPayslip[],
  exceptRun?: string,
): Promise<HoldReason[]> {
  const payslips = prepared.map(plausible);
  const asked = payslips.map(({ payeeId, report: { budgetId, periodStart, periodEnd } }) => {
    return { budgetId, payeeId, periodStart, periodEnd };
  });
  const recorded = await recordedPay(tx, asked, exceptRun);
  const { faults, reasons } = doubles(
    payslips,
    recorded.map(({ place, payRunId, reference, ...pay }) => {
      const run = reference == null ? undefined : { id: payRunId, reference };
      return { ...pay, index: payslips[place]!.index, run };
    }),
  );
  refuseFaults(faults);
  return reasons;
}

/** Why a person must see the run first, by the thresholds in force on the day on which it arrives. */
export async function reasonsToHold(
  tx: Transaction,
  prepared: readonly PreparedPayslip[],
  today: CalendarDate,
): Promise<HoldReason[]> {
  const payslips = prepared.map(plausible);
  const thresholds = thresholdsInForce(await thresholdsOf(tx), today);
  const employees = payslips.map(({ payeeId, report: { budgetId } }) => ({ budgetId, payeeId }));
  const known = {
    earlierPay: await earlierPay(tx, employees, thresholds.usualPayslips),
    streamYears: await streamYears(
      tx,
      payslips.map(({ report: { budgetId, periodEnd } }) => ({ budgetId, day: periodEnd })),
    ),
  };
  return holdReasons(payslips, known, thresholds);
}

function plausible({ position, payee, report, shares }: PreparedPayslip): PlausiblePayslip {
  return { index: position - 1, payeeId: payee.id, payeeName: payee.name, report, shares };
}
