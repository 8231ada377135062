import type { AccountWithBudgets } from '@ringfence/budgets';
import { newId, type CalendarDate, type Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { accountWarningKind, type AccountWarningCode } from './domain/account-warning-kinds.js';
import type { WatchedAccount } from './domain/account-warnings.js';

/** What has settled a question: an officer's answer, a spending rule that asks the same, or what the line is. */
export const questionSettlements = ['ANSWER', 'SPENDING_RULE', 'LINE_EXPLAINED'] as const;
export type QuestionSettlement = (typeof questionSettlements)[number];

/** A question about a posted line, with what gave rise to it. */
export interface AccountQuestion {
  readonly id: string;
  readonly designatedAccountId: string;
  readonly importId: string;
  readonly statementLineId: string;
  readonly code: AccountWarningCode;
  readonly subject: string;
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly balancePence: Money | null;
  readonly description: string;
  readonly foundAt: Date;
  /** Null while it is open. */
  readonly settledBy: QuestionSettlement | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly reasons: string | null;
}

/** Of one kind, how many lines of an import raise it, with the first of them. */
export interface FoundInImport {
  readonly code: AccountWarningCode;
  readonly lines: number;
  readonly examples: readonly {
    readonly position: number;
    readonly date: CalendarDate;
    readonly amountPence: Money;
    readonly description: string;
    readonly subject: string;
  }[];
}

export interface FoundWarning {
  readonly position: number;
  readonly date: CalendarDate;
  readonly code: AccountWarningCode;
  readonly subject: string;
}

/** What the watch must know of an account: names and numbers only. */
export async function watchedAccount(tx: Transaction, account: AccountWithBudgets): Promise<WatchedAccount> {
  const [row] = await tx.query<Omit<WatchedAccount, 'kind' | 'sortCode' | 'accountNumber'>>(
    `WITH served AS (
       SELECT DISTINCT d.budget_id FROM designated_account_budgets d WHERE d.authority_id = $1 AND d.designated_account_id = $2)
     SELECT ARRAY(SELECT DISTINCT p.name FROM people p WHERE p.authority_id = $1 AND (p.id = $3 OR p.id IN (
                    SELECT b.recipient_id FROM budgets b WHERE b.authority_id = $1 AND b.id IN (SELECT budget_id FROM served)))) AS "ownNames",
            ARRAY(SELECT DISTINCT n.name FROM payees y CROSS JOIN LATERAL unnest(y.names || y.name) AS n (name)
                   WHERE y.authority_id = $1 AND y.budget_id IN (SELECT budget_id FROM served)
                     -- A recipient who is recorded as a payee is still the recipient.
                     AND y.relationship <> 'recipient') AS "payeeNames",
            ARRAY(SELECT DISTINCT a.sort_code || a.account_number FROM designated_accounts a
                    JOIN designated_account_budgets d ON d.authority_id = a.authority_id AND d.designated_account_id = a.id
                   WHERE a.authority_id = $1 AND a.id <> $2 AND a.sort_code IS NOT NULL AND a.account_number IS NOT NULL
                     AND d.budget_id IN (SELECT budget_id FROM served)) AS "otherAccounts"`,
    [tx.context.authorityId, account.id, account.holderPersonId],
  );
  const { kind, sortCode, accountNumber } = account;
  return { kind, sortCode, accountNumber, ...row! };
}

/** Takes away what an earlier, unfinished reading of the same import had found. */
export async function forgetFound(tx: Transaction, importId: string): Promise<void> {
  await tx.query('DELETE FROM account_warnings WHERE authority_id = $1 AND import_id = $2', [
    tx.context.authorityId,
    importId,
  ]);
}

export async function writeFound(
  tx: Transaction,
  target: { readonly importId: string; readonly designatedAccountId: string },
  found: readonly FoundWarning[],
): Promise<void> {
  if (found.length === 0) return;
  await tx.query(
    `INSERT INTO account_warnings (authority_id, designated_account_id, import_id, found_at, id, position, line_date, code, subject, asked_by_rules, explained_by)
     SELECT $1, $2, $3, context_now(), f.id, f.position, f.date, f.code, f.subject,
            ARRAY(SELECT jsonb_array_elements_text(f.rules)), ARRAY(SELECT jsonb_array_elements_text(f.explained))
       FROM jsonb_to_recordset($4::jsonb) AS f (id uuid, position integer, date date, code text, subject text, rules jsonb, explained jsonb)`,
    [
      tx.context.authorityId,
      target.designatedAccountId,
      target.importId,
      JSON.stringify(
        found.map((one) => {
          const { askedByRules: rules, explainedBy: explained } = accountWarningKind(one.code);
          return { id: newId(), ...one, rules, explained };
        }),
      ),
    ],
  );
}

/**
 * The lines of a preview at which the balance went below zero: one for each time, in the order of the lines. Rows without
 * a balance say nothing.
 */
export async function writeOverdrawn(
  tx: Transaction,
  target: { readonly importId: string; readonly designatedAccountId: string },
): Promise<void> {
  const { askedByRules, explainedBy } = accountWarningKind('OVERDRAWN');
  await tx.query(
    `INSERT INTO account_warnings (authority_id, designated_account_id, import_id, found_at, id, position, line_date, code, subject, asked_by_rules, explained_by)
     SELECT $1, $2, $3, context_now(), gen_random_uuid(), b.position, b.day, 'OVERDRAWN',
            'balance -' || (-b.pence) / 100 || '.' || lpad(((-b.pence) % 100)::text, 2, '0'), $4, $5
       FROM (SELECT position, line_date AS day, balance_pence AS pence, lag(balance_pence) OVER (ORDER BY position) AS before
               FROM statement_import_lines
              WHERE authority_id = $1 AND import_id = $3 AND verdict <> 'NOT_POSTED' AND balance_pence IS NOT NULL) b
      WHERE b.pence < 0 AND coalesce(b.before, 0) >= 0`,
    [tx.context.authorityId, target.designatedAccountId, target.importId, askedByRules, explainedBy],
  );
}

export interface QuestionFilter {
  readonly designatedAccountId: string;
  /** Those of lines that are this budget's, or nobody's yet. */
  readonly budgetId?: string | undefined;
  readonly open?: boolean | undefined;
  /** Newest first; continues after this one. */
  readonly after?: { readonly lineDate: CalendarDate; readonly id: string } | undefined;
  readonly limit: number;
}

const questionColumns = `id, designated_account_id AS "designatedAccountId", import_id AS "importId", statement_line_id AS "statementLineId",
  code, subject, line_date AS "lineDate", amount_pence AS "amountPence", balance_pence AS "balancePence", description,
  found_at AS "foundAt", settled_by AS "settledBy", answered_by AS "answeredBy", answered_at AS "answeredAt", reasons`;

export function readQuestions(tx: Transaction, filter: QuestionFilter): Promise<AccountQuestion[]> {
  return tx.query<AccountQuestion & Record<string, unknown>>(
    `SELECT ${questionColumns} FROM account_questions
      WHERE authority_id = $1 AND designated_account_id = $2 AND ($3::boolean IS NULL OR (settled_by IS NULL) = $3)
        AND ($4::date IS NULL OR (line_date, id) < ($4, $5::uuid)) AND ($7::uuid IS NULL OR budget_id IS NULL OR budget_id = $7)
      ORDER BY line_date DESC, id DESC LIMIT $6`,
    [
      tx.context.authorityId,
      filter.designatedAccountId,
      filter.open ?? null,
      filter.after?.lineDate ?? null,
      filter.after?.id ?? null,
      filter.limit,
      filter.budgetId ?? null,
    ],
  );
}

export async function questionNamed(tx: Transaction, id: string): Promise<AccountQuestion | undefined> {
  const [row] = await tx.query<AccountQuestion & Record<string, unknown>>(
    `SELECT ${questionColumns} FROM account_questions WHERE authority_id = $1 AND id = $2`,
    [tx.context.authorityId, id],
  );
  return row;
}

/** What a preview's new lines and possible duplicates would raise, or what the posted lines raise and nothing has settled. */
export async function foundInImport(tx: Transaction, importId: string, examplesMax: number): Promise<FoundInImport[]> {
  const rows = await tx.query<{
    code: AccountWarningCode;
    lines: number;
    examples: { position: number; date: CalendarDate; amountPence: string; description: string; subject: string }[];
  }>(
    `WITH seen AS (
       SELECT w.code, w.position, w.line_date, w.subject, p.amount_pence::text AS amount, p.description
         FROM account_warnings w
         JOIN statement_imports i ON i.authority_id = w.authority_id AND i.id = w.import_id AND i.state = 'PARSED'
         JOIN statement_import_lines p ON p.authority_id = w.authority_id AND p.import_id = w.import_id AND p.position = w.position
        WHERE w.authority_id = $1 AND w.import_id = $2 AND p.verdict IN ('NEW', 'POSSIBLE_DUPLICATE')
       UNION ALL
       SELECT w.code, w.position, w.line_date, w.subject, q.amount_pence::text, q.description
         FROM account_questions q JOIN account_warnings w ON w.authority_id = q.authority_id AND w.id = q.id
        WHERE q.authority_id = $1 AND q.import_id = $2 AND q.settled_by IS NULL
     ), placed AS (
       SELECT s.*, row_number() OVER (PARTITION BY code ORDER BY position) AS place FROM seen s)
     SELECT code, count(*)::integer AS lines,
            jsonb_agg(jsonb_build_object('position', position, 'date', line_date, 'amountPence', amount, 'description', description, 'subject', subject)
              ORDER BY position) FILTER (WHERE place <= $3) AS examples
       FROM placed GROUP BY code ORDER BY min(position)`,
    [tx.context.authorityId, importId, examplesMax],
  );
  return rows.map((row) => ({
    ...row,
    examples: row.examples.map((one) => ({ ...one, amountPence: BigInt(one.amountPence) })),
  }));
}

/** Records the answer to a question and, where asked, every open one of the account with the same words. Returns how many. */
export async function writeAnswer(
  tx: Transaction,
  question: AccountQuestion,
  reasons: string,
  alike: boolean,
): Promise<number> {
  const answered = await tx.query<{ id: string }>(
    `UPDATE account_warnings w SET state = 'ANSWERED', answered_by = $3, answered_at = context_now(), reasons = $4
      WHERE w.authority_id = $1 AND w.state = 'OPEN' AND (w.id = $2 OR ($5 AND w.id IN (
              SELECT q.id FROM account_questions q
               WHERE q.authority_id = $1 AND q.designated_account_id = $6 AND q.code = $7 AND q.subject = $8 AND q.settled_by IS NULL)))
      RETURNING w.id`,
    [
      ...[tx.context.authorityId, question.id, tx.context.principal.id, reasons, alike],
      ...[question.designatedAccountId, question.code, question.subject],
    ],
  );
  return answered.length;
}
