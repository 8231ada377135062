import type { LedgerStream } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { Approval } from '../engine/candidate.js';
import { readConsents, type ConsentSubject } from './premises-consents.sql.js';
import { readApprovals, type ApprovalRow } from './exception-approvals.sql.js';

/** What somebody has allowed in writing: an officer's exception, or a school's consent to work on its premises. */
export type GivenApproval = Pick<ApprovalRow, 'rule' | 'payeeId' | 'stream' | 'validFrom' | 'validTo'>;

/**
 * Every written exception and consent of a budget, also those that have ended: work is assessed on the day it was done.
 * A school's consent counts from the day on which it was given, never for what came before it (SI 2014/1652 reg 9).
 */
export async function approvalsOf(tx: Transaction, budgetId: string): Promise<GivenApproval[]> {
  const consents = (await readConsents(tx, { budgetId })).filter(({ decision }) => decision === 'GIVEN');
  return [
    ...(await readApprovals(tx, { budgetId })),
    ...consents.flatMap(({ payeeId, about, validFrom, validTo, decidedOn }): GivenApproval[] => {
      const from = decidedOn !== null && decidedOn > validFrom ? decidedOn : validFrom;
      return from > validTo ? [] : [{ rule: ruleOfConsent[about], payeeId, stream: null, validFrom: from, validTo }];
    }),
  ];
}

/** The rule that a school's written agreement lifts. */
const ruleOfConsent: Readonly<Record<ConsentSubject, string>> = {
  PREMISES: 'ON_PREMISES_NO_CONSENT',
  SCHOOL_FUNDING: 'ELEMENT2_NO_CONSENT',
};

/**
 * The exceptions as the engine takes them, for one payee and the money of one stream. An approval that names a stream
 * does not cover money whose stream is not yet known.
 */
export function engineApprovals(
  approvals: readonly GivenApproval[],
  payee: { readonly id: string; readonly name: string },
  stream: LedgerStream,
): Approval[] {
  return approvals
    .filter((approval) => approval.payeeId === payee.id && (approval.stream === null || approval.stream === stream))
    .map(({ rule, validFrom, validTo }) => ({ rule, payee: payee.name, from: validFrom, to: validTo }));
}
