import { Problem, type Money } from '@ringfence/kernel';
import { lockBooks } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import type { AllocatedLine } from './allocated-line.js';
import { refuseExcludedPart } from '../domain/excluded-part.js';
import { refuseBeyondHolding, refuseUndoing } from '../domain/holdings.js';
import { booksOfBudgets, holdingOf, isHeldPlace, usesAgainst, type AccountPlace } from './holdings.sql.js';
import { lineFacts } from '../assessment/line-facts.js';
import type { TargetAssessor } from '../assessment/target-assessor.js';
import type { ResolvedTarget, Target } from './targets.js';

/**
 * Refuses to put an amount of a line on a target that cannot take it: because the rules exclude it, whatever the target;
 * because the payslip is paid; or because the account owes or holds less. The books are held already (`holdBooks`), so
 * that what is read here still stands when the amount is posted.
 */
export async function refuseAllocation(
  tx: Transaction,
  assessor: TargetAssessor,
  line: AllocatedLine,
  target: ResolvedTarget,
  amountPence: Money,
  pointer: string,
): Promise<void> {
  if (amountPence < 0n) await refuseExcluded(tx, assessor, line, target, amountPence, pointer);
  refusePaidPayslip(target, amountPence);
  for (const { amountPence: sharePence, to } of target.places(amountPence)) {
    if (isHeldPlace(to)) refuseBeyondHolding(await holdingOf(tx, to), sharePence, pointer);
  }
}

/**
 * Refuses to undo what others rest on: money that was put to an account and has been used since. `moved` is what the
 * allocation put there, signed as the bank saw it.
 */
export async function refuseUndoingUsed(
  tx: Transaction,
  moved: readonly (AccountPlace & { readonly bankPence: Money })[],
): Promise<void> {
  for (const place of moved) {
    if (!isHeldPlace(place)) continue;
    refuseUndoing(await holdingOf(tx, place), place.bankPence, await usesAgainst(tx, place, place.bankPence));
  }
}

/** Holds the books of lines, and every book of the budgets that their targets are of, until the transaction ends. */
export async function holdBooks(
  tx: Transaction,
  bookIds: readonly string[],
  budgetIds: readonly string[],
): Promise<void> {
  await lockBooks(tx, [...bookIds, ...(await booksOfBudgets(tx, budgetIds))]);
}

/** The budgets of targets, as far as they can be seen; one that cannot is refused when it is looked up. */
export async function budgetsOfTargets(tx: Transaction, targets: readonly Target[]): Promise<string[]> {
  const named = targets.flatMap((target) => ('budgetId' in target ? [target.budgetId] : []));
  const ids = targets.flatMap((target) => {
    if (target.type === 'instalment') return [target.instalmentId];
    if (target.type === 'payslip') return [target.payslipId];
    return target.type === 'budget-line' ? [target.budgetLineId] : [];
  });
  const rows = await tx.query<{ id: string }>(
    `SELECT budget_id AS id FROM instalments WHERE authority_id = $1 AND id = ANY ($2::uuid[])
      UNION SELECT budget_id FROM payslips WHERE authority_id = $1 AND id = ANY ($2::uuid[])
      UNION SELECT budget_id FROM budget_lines WHERE authority_id = $1 AND id = ANY ($2::uuid[])`,
    [tx.context.authorityId, ids],
  );
  return [...named, ...rows.map(({ id }) => id)];
}

async function refuseExcluded(
  tx: Transaction,
  assessor: TargetAssessor,
  line: AllocatedLine,
  target: ResolvedTarget,
  amountPence: Money,
  pointer: string,
): Promise<void> {
  const [facts] = await lineFacts(tx, [line.id]);
  if (!facts) return;
  const { type, budgetId, stream, serviceDate } = target;
  const payslip = target.payslip?.row;
  const { rules, ...excluded } = await assessor.line(facts, { type, budgetId, stream, serviceDate, payslip });
  const whole = {
    wholePence: magnitude(line.amountPence),
    allocatedPence: magnitude(line.amountPence - line.remainingPence),
  };
  refuseExcludedPart({ what: 'this payment', ...whole, ...excluded }, amountPence, rules, pointer);
  if (!target.payslip || !payslip) return;
  const own = await assessor.payslip(payslip);
  const pay = { wholePence: payslip.netPence, allocatedPence: target.payslip.paidPence };
  refuseExcludedPart({ what: 'this payslip', ...pay, ...own }, amountPence, own.rules, pointer);
}

function refusePaidPayslip({ payslip }: ResolvedTarget, amountPence: Money): void {
  if (!payslip || amountPence >= 0n || payslip.paidPence - amountPence <= payslip.row.netPence) return;
  const sentence = 'This payslip has been matched with another line already: undo that first.';
  throw new Problem('already-allocated', sentence);
}

function magnitude(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}
