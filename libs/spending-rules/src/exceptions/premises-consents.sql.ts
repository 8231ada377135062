import { readableSql } from '@ringfence/identity';
import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';

export const consentRoles = ['HEAD_TEACHER', 'PRINCIPAL', 'EQUIVALENT'] as const;
/** What a school agrees to: work on its premises, or the use of its own money (element 2, core element 3). */
export const consentSubjects = ['PREMISES', 'SCHOOL_FUNDING'] as const;
export type ConsentSubject = (typeof consentSubjects)[number];
export const consentDecisions = ['GIVEN', 'REFUSED'] as const;

export interface PremisesConsentRow {
  readonly id: string;
  readonly budgetId: string;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly about: ConsentSubject;
  readonly setting: string;
  readonly provision: string;
  /** What the school was told about how much is paid and when. */
  readonly payments: string;
  readonly toldOn: CalendarDate;
  readonly answerBy: CalendarDate;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  readonly decision: (typeof consentDecisions)[number] | null;
  readonly decidedOn: CalendarDate | null;
  readonly decidedByName: string | null;
  readonly decidedByRole: (typeof consentRoles)[number] | null;
  readonly evidence: string | null;
}

export interface ConsentFilter {
  readonly id?: string | undefined;
  readonly budgetId?: string | undefined;
  readonly before?: string | undefined;
  /** To be shown: of budgets whose consents the reader may read. */
  readonly shown?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** Newest first. */
export function readConsents(tx: Transaction, filter: ConsentFilter): Promise<PremisesConsentRow[]> {
  return tx.query<PremisesConsentRow & Record<string, unknown>>(
    `SELECT c.id, c.budget_id AS "budgetId", c.payee_id AS "payeeId", p.name AS "payeeName", c.about, c.setting, c.provision,
            c.payments, c.told_on AS "toldOn", c.answer_by AS "answerBy", c.valid_from AS "validFrom",
            c.valid_to AS "validTo", c.decision, c.decided_on AS "decidedOn", c.decided_by_name AS "decidedByName",
            c.decided_by_role AS "decidedByRole", c.evidence
       FROM premises_consents c
       JOIN payees p ON p.authority_id = c.authority_id AND p.id = c.payee_id
      WHERE c.authority_id = $1 AND ($2::uuid IS NULL OR c.id = $2) AND ($3::uuid IS NULL OR c.budget_id = $3)
        AND ($4::uuid IS NULL OR c.id < $4) AND (NOT $6 OR ${readableSql('consents.read', 'c.budget_id')})
      ORDER BY c.id DESC LIMIT $5`,
    [
      tx.context.authorityId,
      filter.id ?? null,
      filter.budgetId ?? null,
      filter.before ?? null,
      filter.limit ?? null,
      filter.shown ?? false,
    ],
  );
}

export async function insertConsent(
  tx: Transaction,
  consent: Pick<
    PremisesConsentRow,
    | 'id'
    | 'budgetId'
    | 'payeeId'
    | 'about'
    | 'setting'
    | 'provision'
    | 'payments'
    | 'toldOn'
    | 'answerBy'
    | 'validFrom'
    | 'validTo'
  >,
  recordedBy: string,
): Promise<void> {
  const { id, budgetId, payeeId, about, setting, provision, payments, toldOn, answerBy, validFrom, validTo } = consent;
  await tx.query(
    `INSERT INTO premises_consents (authority_id, id, budget_id, payee_id, setting, provision, payments, told_on, answer_by,
                                    valid_from, valid_to, recorded_by, recorded_at, about)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, context_now(), $13)`,
    [
      ...[tx.context.authorityId, id, budgetId, payeeId, setting, provision, payments, toldOn, answerBy],
      ...[validFrom, validTo, recordedBy, about],
    ],
  );
}

export async function decideConsent(
  tx: Transaction,
  id: string,
  answer: {
    readonly decision: string;
    readonly decidedOn: CalendarDate;
    readonly decidedByName: string;
    readonly decidedByRole: string;
    readonly evidence: string;
  },
  recordedBy: string,
): Promise<boolean> {
  const decided = await tx.query(
    `UPDATE premises_consents
        SET decision = $3, decided_on = $4, decided_by_name = $5, decided_by_role = $6, evidence = $7, decision_recorded_by = $8
      WHERE authority_id = $1 AND id = $2 AND decision IS NULL RETURNING id`,
    [
      ...[tx.context.authorityId, id, answer.decision, answer.decidedOn, answer.decidedByName, answer.decidedByRole],
      ...[answer.evidence, recordedBy],
    ],
  );
  return decided.length > 0;
}
