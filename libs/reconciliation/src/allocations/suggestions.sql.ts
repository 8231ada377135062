import { booksSql } from '@ringfence/ledger';
import { Problem, type Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { Target } from './targets.js';

/** The books of the lines that are suggested something, and the budgets that it is of. */
export async function placesOfSuggestions(
  tx: Transaction,
  ids: readonly string[],
): Promise<{ bookIds: string[]; budgetIds: string[] }> {
  const rows = await tx.query<{ bookId: string; budgetId: string }>(
    `SELECT DISTINCT b.id AS "bookId", m.budget_id AS "budgetId"
       FROM match_suggestions m
       JOIN statement_lines l ON l.authority_id = m.authority_id AND l.id = m.statement_line_id
       JOIN ${booksSql} b ON b.authority_id = l.authority_id AND b.designated_account_id = l.designated_account_id
      WHERE m.authority_id = $1 AND m.id = ANY ($2::uuid[])`,
    [tx.context.authorityId, ids],
  );
  return { bookIds: rows.map(({ bookId }) => bookId), budgetIds: rows.map(({ budgetId }) => budgetId) };
}

export interface OpenSuggestion {
  readonly statementLineId: string;
  readonly budgetId: string;
  readonly amountPence: Money;
  readonly reasons: readonly string[];
  readonly target: Target;
}

/** Held until it is decided. `pointer` is the field that names the suggestion, or null where the address does. */
export async function openSuggestion(tx: Transaction, id: string, pointer: string | null): Promise<OpenSuggestion> {
  const [row] = await tx.query<{
    lineId: string;
    budgetId: string;
    amountPence: Money;
    reasons: string[];
    type: 'instalment' | 'payslip' | 'budget-line';
    targetId: string;
    state: string;
  }>(
    `SELECT statement_line_id AS "lineId", budget_id AS "budgetId", amount_pence AS "amountPence", reasons, target_type AS type,
            target_id AS "targetId", state
       FROM match_suggestions WHERE authority_id = $1 AND id = $2 FOR UPDATE`,
    [tx.context.authorityId, id],
  );
  if (!row) {
    const sentence = `There is no suggestion ${id} that you can see.`;
    throw pointer === null ? new Problem('not-found', sentence) : Problem.field(pointer, sentence);
  }
  if (row.state !== 'OPEN')
    throw new Problem('conflict', `The suggestion was ${row.state.toLowerCase()} already: look at the line again.`);
  return {
    statementLineId: row.lineId,
    budgetId: row.budgetId,
    amountPence: row.amountPence,
    reasons: row.reasons,
    target: targetOf(row.type, row.targetId),
  };
}

function targetOf(type: 'instalment' | 'payslip' | 'budget-line', id: string): Target {
  if (type === 'instalment') return { type, instalmentId: id };
  if (type === 'payslip') return { type, payslipId: id };
  return { type, budgetLineId: id };
}

export async function decide(tx: Transaction, suggestionId: string, state: 'ACCEPTED' | 'REJECTED'): Promise<void> {
  await tx.query(
    'UPDATE match_suggestions SET state = $3, decided_by = $4, decided_at = context_now() WHERE authority_id = $1 AND id = $2',
    [tx.context.authorityId, suggestionId, state, tx.context.principal.id],
  );
}

/** What the bank calls the lines of suggestions, by suggestion. */
export async function descriptionsOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; description: string }>(
    `SELECT m.id, l.description FROM match_suggestions m
       JOIN statement_lines l ON l.authority_id = m.authority_id AND l.id = m.statement_line_id
      WHERE m.authority_id = $1 AND m.id = ANY ($2::uuid[])`,
    [tx.context.authorityId, ids],
  );
  return new Map(rows.map(({ id, description }) => [id, description]));
}
