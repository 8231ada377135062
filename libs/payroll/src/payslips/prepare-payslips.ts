import { budgetLinesOf, payeesOf, type BudgetLineRow, type PayeeRow } from '@ringfence/budgets';
import { newId, Problem, type CalendarDate, type Fault } from '@ringfence/kernel';
import type { NewEntry } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import {
  approvalsOf,
  engineApprovals,
  payeeFacts,
  policiesOf,
  storedFinding,
  type GivenApproval,
  type Assessment,
  type RuleSet,
} from '@ringfence/spending-rules';
import { accrualEntries, sharePayslip, type PayslipShare, type PlacedSplit } from '../domain/accrual.js';
import { householdExclusions, assessPayslip } from '../domain/assess-payslip.js';
import { minimumWageWarnings } from '../domain/minimum-wage.js';
import { referenceKey, type PayRunReport, type PayslipReport } from '../domain/pay-run.js';
import { placeSplits } from '../domain/place-splits.js';
import { streamFaults } from '../domain/stream-days.js';
import { accountsOn, type PayAccount } from './payroll.sql.js';

export interface PreparedPayslip {
  readonly id: string;
  readonly position: number;
  readonly report: PayslipReport;
  readonly payee: PayeeRow;
  readonly account: PayAccount;
  readonly placed: readonly PlacedSplit[];
  readonly shares: readonly PayslipShare[];
  readonly entries: readonly NewEntry[];
  readonly assessment: Assessment;
  readonly warnings: readonly string[];
}

/**
 * Holds every payslip of a run against the registers: the employee must be a payee of the budget, the budget must have
 * an account on the pay date and the streams on the days worked, and nobody may be paid whom the household rules
 * exclude. Refuses the whole run with every payslip that fails; writes nothing.
 */
export async function preparePayslips(tx: Transaction, run: PayRunReport): Promise<PreparedPayslip[]> {
  const registers = new Registers(tx);
  const policies = await policiesOf(tx);
  const budgetIds = [...new Set(run.payslips.map(({ budgetId }) => budgetId))];
  const accounts = new Map((await accountsOn(tx, budgetIds, run.payDate)).map((one) => [one.budgetId, one]));
  const faults: Fault[] = [];
  const prepared: PreparedPayslip[] = [];
  for (const [index, report] of run.payslips.entries()) {
    const at = `/payslips/${index}`;
    const payee = findPayee(report, await registers.payees(report.budgetId), at);
    const account = accounts.get(report.budgetId) ?? noAccount(run.payDate, at);
    if ('fault' in payee) faults.push(payee.fault);
    if ('fault' in account) faults.push(account.fault);
    if ('fault' in payee || 'fault' in account) continue;
    const lines = await registers.lines(report.budgetId);
    const splits = placeSplits(report, payee.id, lines.filter(runsIn(report)), at);
    const wrong = [...streamFaults(report, lines, at), ...splits.faults];
    faults.push(...wrong);
    if (wrong.length > 0) continue;
    const assessment = assess(report, payee, splits.placed, await registers.approvals(report.budgetId), policies);
    const shares = sharePayslip(report, splits.placed);
    const entries = accrualEntries(report, splits.placed);
    const warnings = minimumWageWarnings(report);
    const { placed } = splits;
    prepared.push({
      id: newId(),
      position: index + 1,
      report,
      payee,
      account,
      placed,
      shares,
      entries,
      assessment,
      warnings,
    });
  }
  refuseFaults(faults);
  refuseExcluded(prepared);
  return prepared;
}

/** What the registers say of each budget, read once for a run. */
class Registers {
  private readonly read = new Map<string, Promise<unknown>>();

  constructor(private readonly tx: Transaction) {}

  payees(budgetId: string): Promise<PayeeRow[]> {
    return this.once(`payees ${budgetId}`, () => payeesOf(this.tx, budgetId));
  }

  approvals(budgetId: string): Promise<GivenApproval[]> {
    return this.once(`approvals ${budgetId}`, () => approvalsOf(this.tx, budgetId));
  }

  lines(budgetId: string): Promise<BudgetLineRow[]> {
    return this.once(`lines ${budgetId}`, () => budgetLinesOf(this.tx, budgetId));
  }

  private once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const held = this.read.get(key) ?? read();
    this.read.set(key, held);
    return held as Promise<T>;
  }
}

/** A share may be placed on a line that runs on the first or the last day of the pay period. */
function runsIn({ periodStart, periodEnd }: PayslipReport): (line: BudgetLineRow) => boolean {
  return ({ startsOn, endsOn }) =>
    (startsOn <= periodStart && endsOn >= periodStart) || (startsOn <= periodEnd && endsOn >= periodEnd);
}

function findPayee(report: PayslipReport, payees: readonly PayeeRow[], at: string): PayeeRow | { fault: Fault } {
  const { payeeId, employeeReference } = report;
  if (payeeId === undefined) {
    const found = payees.filter((payee) => sameReference(payee.employeeReference, employeeReference));
    if (found.length === 1 && found[0]) return found[0];
    const pointer = `${at}/employeeReference`;
    const message =
      found.length === 0
        ? `${pointer} is ${JSON.stringify(employeeReference)}, which no payee of this budget has: ask the authority to record the employee, or correct it.`
        : `${pointer} is ${JSON.stringify(employeeReference)}, which ${found.length} payees of this budget have: name the employee by payeeId.`;
    return { fault: { pointer, message } };
  }
  const payee = payees.find(({ id }) => id === payeeId);
  if (!payee) {
    const pointer = `${at}/payeeId`;
    const message = `${pointer} is ${payeeId}, which is no payee of this budget: ask the authority to record the employee, or correct it.`;
    return { fault: { pointer, message } };
  }
  const known = payee.employeeReference;
  if (employeeReference === undefined || known === null || sameReference(known, employeeReference)) return payee;
  const pointer = `${at}/employeeReference`;
  const message = `${pointer} is ${JSON.stringify(employeeReference)}, but ${payee.name} is recorded as ${JSON.stringify(known)}: check who was paid.`;
  return { fault: { pointer, message } };
}

function sameReference(known: string | null, given: string | undefined): boolean {
  return known !== null && given !== undefined && referenceKey(known) === referenceKey(given);
}

function noAccount(payDate: CalendarDate, at: string): { fault: Fault } {
  const pointer = `${at}/budgetId`;
  const message = `${pointer} names a budget that has no designated account on the pay date ${payDate}: ask the authority to record its account.`;
  return { fault: { pointer, message } };
}

function assess(
  report: PayslipReport,
  payee: PayeeRow,
  splits: readonly PlacedSplit[],
  approvals: readonly GivenApproval[],
  policies: readonly RuleSet[],
): Assessment {
  return assessPayslip(
    report,
    {
      payee: payeeFacts(payee),
      approvalsFor: (stream) => engineApprovals(approvals, payee, stream),
      shares: splits.map(({ stream, weight, budgetLineId }) => ({ stream, weight, planned: budgetLineId !== null })),
    },
    policies,
  );
}

/** Refuses a run with all of its faults. */
export function refuseFaults(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` There are ${faults.length - 1} more faults under "errors".` : '';
  throw new Problem('invalid-request', first.message + more, { errors: faults });
}

/** What a bureau hears besides: the run is all or nothing. */
export const nothingStored = 'Nothing of this run was stored.';

function refuseExcluded(prepared: readonly PreparedPayslip[]): void {
  const excluded = prepared.flatMap(({ position, assessment, payee, report }) => {
    const findings = householdExclusions(assessment);
    return findings.length > 0 ? [{ index: position - 1, payee, report, findings }] : [];
  });
  const [first] = excluded;
  if (!first) return;
  const errors = excluded.flatMap(({ index, findings }) =>
    findings.map(({ rule, reason }) => ({
      pointer: `/payslips/${index}`,
      message: `Payslip ${index + 1} is excluded by ${rule}: ${reason}`,
    })),
  );
  const payslips = excluded.map(({ index, payee, report, findings }) => ({
    payslip: index + 1,
    budgetId: report.budgetId,
    payeeId: payee.id,
    findings: findings.map(storedFinding),
  }));
  throw new Problem('spend-excluded', `${errors[0]?.message ?? ''} ${nothingStored}`, {
    errors,
    extensions: { payslips },
  });
}
