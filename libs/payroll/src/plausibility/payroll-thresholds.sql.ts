import type { Transaction } from '@ringfence/platform';
import type { PayrollThresholds } from '../domain/thresholds.js';

/** Thresholds that the authority has set itself. */
export interface OwnThresholds extends PayrollThresholds {
  readonly id: string;
  readonly setBy: string;
  readonly setAt: Date;
}

/** Newest first. */
export function thresholdsOf(tx: Transaction): Promise<OwnThresholds[]> {
  return tx.query<OwnThresholds & Record<string, unknown>>(
    `SELECT id, valid_from AS "validFrom", trim_scale(gross_times_usual)::text AS "grossTimesUsual",
            usual_payslips AS "usualPayslips", first_gross_per_week_pence AS "firstGrossPerWeekPence",
            trim_scale(hours_per_day)::text AS "hoursPerDay", trim_scale(employer_costs_percent)::text AS "employerCostsPercent",
            line_difference_pence AS "lineDifferencePence", over_budget_pence AS "overBudgetPence", source,
            set_by AS "setBy", set_at AS "setAt"
       FROM payroll_thresholds WHERE authority_id = $1 ORDER BY valid_from DESC`,
    [tx.context.authorityId],
  );
}

/** Returns false where there are thresholds from that day already. */
export async function insertThresholds(tx: Transaction, id: string, thresholds: PayrollThresholds): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO payroll_thresholds (authority_id, id, valid_from, gross_times_usual, usual_payslips, first_gross_per_week_pence,
                                     hours_per_day, employer_costs_percent, line_difference_pence, over_budget_pence, source, set_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (authority_id, valid_from) DO NOTHING RETURNING id`,
    [
      tx.context.authorityId,
      id,
      thresholds.validFrom,
      thresholds.grossTimesUsual,
      thresholds.usualPayslips,
      thresholds.firstGrossPerWeekPence,
      thresholds.hoursPerDay,
      thresholds.employerCostsPercent,
      thresholds.lineDifferencePence,
      thresholds.overBudgetPence,
      thresholds.source,
      tx.context.principal.id,
    ],
  );
  return rows.length > 0;
}
