import type { CalendarDate, LedgerStream, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { StoredFinding } from '@ringfence/spending-rules';
import type { Target } from './targets.js';

/** Where a line stands: open (nothing allocated), part allocated, or done; and apart from that what the rules say. */
export const lineStates = ['OPEN', 'PART', 'ALLOCATED'] as const;
export type LineState = (typeof lineStates)[number];

export interface LineFilter {
  readonly budgetId?: string | undefined;
  readonly designatedAccountId?: string | undefined;
  readonly id?: string | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly state?: LineState | undefined;
  readonly verdict?: string | undefined;
  /** Newest first; continues after this line. */
  readonly after?: { readonly lineDate: CalendarDate; readonly id: string } | undefined;
  readonly limit: number;
}

export interface LineAllocation {
  readonly id: string;
  readonly amountPence: Money;
  readonly targetType: Target['type'];
  readonly targetId: string | null;
  readonly budgetId: string;
  readonly stream: LedgerStream;
  readonly budgetLineId: string | null;
  readonly budgetLineName: string | null;
  readonly outcomeId: string | null;
  readonly reasons: string;
  readonly acceptedAt: string;
  readonly acceptedBy: string | null;
}

export interface LineSuggestion {
  readonly id: string;
  readonly targetType: 'instalment' | 'payslip' | 'budget-line';
  readonly targetId: string;
  readonly budgetId: string;
  readonly budgetLineName: string | null;
  readonly score: number;
  readonly reasons: readonly string[];
}

export interface LineRow {
  readonly id: string;
  readonly designatedAccountId: string;
  readonly budgetId: string | null;
  readonly importId: string;
  readonly kind: 'LINE' | 'OPENING_BALANCE';
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly remainingPence: Money;
  readonly description: string;
  readonly bankId: string | null;
  readonly balancePence: Money | null;
  readonly originalAmount: string | null;
  readonly originalCurrency: string | null;
  readonly journalId: string;
  readonly state: LineState;
  readonly verdict: 'allowed' | 'query' | 'excluded' | null;
  readonly findings: readonly StoredFinding[];
  readonly receipts: readonly { readonly id: string; readonly fileName: string; readonly supplier: string | null }[];
  readonly allocations: readonly LineAllocation[];
  readonly suggestions: readonly LineSuggestion[];
}

/**
 * $2 budget (its own lines, those allocated to it, and the unclaimed ones of an account that it shares), $3 account,
 * $4 line, $5 from, $6 to, $7 state, $8 verdict, $9 and $10 the day and id to continue after, $11 how many.
 */
const linesSql = `
  SELECT l.id, l.designated_account_id AS "designatedAccountId", l.budget_id AS "budgetId", l.import_id AS "importId", l.kind,
         l.line_date AS "lineDate", l.amount_pence AS "amountPence", s.remaining_pence AS "remainingPence", l.description,
         l.bank_id AS "bankId", l.balance_pence AS "balancePence", l.original_amount AS "originalAmount",
         l.original_currency AS "originalCurrency", l.journal_id AS "journalId", v.verdict, coalesce(v.findings, '[]') AS findings,
         CASE WHEN s.allocated_pence = 0 THEN 'OPEN' WHEN s.remaining_pence <> 0 THEN 'PART' ELSE 'ALLOCATED' END AS state,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'fileName', r.file_name, 'supplier', r.supplier) ORDER BY r.uploaded_at, r.id), '[]')
            FROM receipts r WHERE r.authority_id = l.authority_id AND r.statement_line_id = l.id) AS receipts,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'amountPence', a.amount_pence::text, 'targetType', a.target_type,
                   'targetId', a.target_id, 'budgetId', a.budget_id, 'stream', a.stream, 'budgetLineId', a.budget_line_id,
                   'budgetLineName', b.name, 'outcomeId', a.outcome_id, 'reasons', a.reasons, 'acceptedAt', a.accepted_at,
                   'acceptedBy', p.name) ORDER BY a.accepted_at, a.id), '[]')
            FROM allocations a
            LEFT JOIN budget_lines b ON b.authority_id = a.authority_id AND b.id = a.budget_line_id
            LEFT JOIN people p ON p.authority_id = a.authority_id AND p.id = a.accepted_by
           WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id AND a.undone_at IS NULL) AS allocations,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'targetType', m.target_type, 'targetId', m.target_id,
                   'budgetId', m.budget_id, 'budgetLineName', b.name, 'score', m.score, 'reasons', m.reasons)
                   ORDER BY m.score DESC, m.id), '[]')
            FROM match_suggestions m
            LEFT JOIN budget_lines b ON b.authority_id = m.authority_id AND m.target_type = 'budget-line' AND b.id = m.target_id
           WHERE m.authority_id = l.authority_id AND m.statement_line_id = l.id AND m.state = 'OPEN' AND s.allocated_pence = 0) AS suggestions
    FROM statement_lines l
    JOIN line_states s ON s.authority_id = l.authority_id AND s.statement_line_id = l.id
    LEFT JOIN spend_verdicts v ON v.authority_id = l.authority_id AND v.subject_type = 'statement-line' AND v.subject_id = l.id AND v.current
   WHERE l.authority_id = $1
     AND ($2::uuid IS NULL OR l.budget_id = $2
          OR EXISTS (SELECT 1 FROM allocations a WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id
                       AND a.budget_id = $2 AND a.undone_at IS NULL)
          OR (l.budget_id IS NULL AND s.remaining_pence <> 0 AND EXISTS (
                SELECT 1 FROM designated_account_budgets d WHERE d.authority_id = l.authority_id
                   AND d.designated_account_id = l.designated_account_id AND d.budget_id = $2)))
     AND ($3::uuid IS NULL OR l.designated_account_id = $3)
     AND ($4::uuid IS NULL OR l.id = $4)
     AND ($5::date IS NULL OR l.line_date >= $5) AND ($6::date IS NULL OR l.line_date <= $6)
     AND ($7::text IS NULL OR $7 = CASE WHEN s.allocated_pence = 0 THEN 'OPEN' WHEN s.remaining_pence <> 0 THEN 'PART' ELSE 'ALLOCATED' END)
     AND ($8::text IS NULL OR v.verdict = $8)
     AND ($9::date IS NULL OR (l.line_date, l.id) < ($9, $10::uuid))
   ORDER BY l.line_date DESC, l.id DESC LIMIT $11`;

export async function readLines(tx: Transaction, filter: LineFilter): Promise<LineRow[]> {
  const rows = await tx.query<LineRow & { allocations: (LineAllocation & { amountPence: string })[] }>(linesSql, [
    tx.context.authorityId,
    filter.budgetId ?? null,
    filter.designatedAccountId ?? null,
    filter.id ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.state ?? null,
    filter.verdict ?? null,
    filter.after?.lineDate ?? null,
    filter.after?.id ?? null,
    filter.limit,
  ]);
  return rows.map((row) => ({
    ...row,
    allocations: row.allocations.map((allocation) => ({ ...allocation, amountPence: BigInt(allocation.amountPence) })),
  }));
}
