import type { LedgerStream } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { Approval } from './domain/candidate.js';
import { readApprovals, type ApprovalRow } from './spending-rules.sql.js';

/** Every written exception of a budget, also those that have ended: work is judged on the day it was done. */
export function approvalsOf(tx: Transaction, budgetId: string): Promise<ApprovalRow[]> {
  return readApprovals(tx, { budgetId });
}

/**
 * The exceptions as the engine takes them, for one payee and the money of one stream. An approval that names a stream
 * does not cover money whose stream is not yet known.
 */
export function engineApprovals(
  approvals: readonly ApprovalRow[],
  payee: { readonly id: string; readonly name: string },
  stream: LedgerStream,
): Approval[] {
  return approvals
    .filter((approval) => approval.payeeId === payee.id && (approval.stream === null || approval.stream === stream))
    .map(({ rule, validFrom, validTo }) => ({ rule, payee: payee.name, from: validFrom, to: validTo }));
}
