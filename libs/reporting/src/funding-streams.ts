import { Injectable } from '@nestjs/common';
import { contextOf, type Principal } from '@ringfence/identity';
import type { LedgerStream, Money } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';

/**
 * One stream's money of one budget, as the books have it, in pence. What is owed for work already done (wages, tax,
 * pensions) counts as spent although the bank still holds it: otherwise a quarter's tax would look like money that remains.
 */
export interface FundingStreamSummary {
  readonly budgetId: string;
  readonly stream: LedgerStream;
  /** Received from the payer, or from the family. For `UNALLOCATED`: unallocated lines, in and out. */
  readonly inPence: Money;
  readonly outPence: Money;
  /** What the bank holds of it, by the ledger. */
  readonly bankPence: Money;
  /** Of the money out: what a person has still to look at, and what the rules exclude. */
  readonly queriedPence: Money;
  readonly excludedPence: Money;
}

@Injectable()
export class FundingStreamSummaries {
  constructor(private readonly database: Database) {}

  /** The pots of some budgets, by budget and stream; row-level security decides which of them there are. */
  read(principal: Principal, budgetIds: readonly string[]): Promise<FundingStreamSummary[]> {
    return this.database.transaction(contextOf(principal), (tx) =>
      tx.query<FundingStreamSummary>(fundingStreamsSql, [principal.authorityId, budgetIds]),
    );
  }
}

const fundingStreamsSql = `
  WITH held AS (
    SELECT c.budget_id, c.stream::text AS stream,
           coalesce(-sum(c.balance_pence) FILTER (WHERE c.code IN ('FUNDS_HELD', 'DUE_FROM_PAYER', 'FAMILY_MONEY')), 0) AS money_in,
           coalesce(sum(c.balance_pence) FILTER (WHERE c.code IN ('PROVISION', 'UNEVIDENCED')), 0) AS money_out,
           coalesce(sum(c.balance_pence) FILTER (WHERE c.code = 'BANK'), 0) AS bank
      FROM ledger_accounts c
     WHERE c.authority_id = $1 AND c.budget_id = ANY ($2::uuid[]) AND c.stream <> 'UNALLOCATED'
     GROUP BY c.budget_id, c.stream
  ), flagged AS (
    SELECT a.budget_id, a.stream,
           -sum(a.amount_pence) FILTER (WHERE v.verdict = 'query') AS queried,
           -sum(a.amount_pence) FILTER (WHERE v.verdict = 'excluded') AS excluded
      FROM spend_verdicts v
      JOIN allocations a ON a.authority_id = v.authority_id AND a.statement_line_id = v.subject_id AND a.undone_at IS NULL
     WHERE v.authority_id = $1 AND v.budget_id = ANY ($2::uuid[]) AND v.current AND v.subject_type = 'statement-line'
       AND v.verdict <> 'allowed' AND a.amount_pence < 0
     GROUP BY a.budget_id, a.stream
  ), pots AS (
    SELECT h.budget_id, h.stream, h.money_in, h.money_out, h.bank, f.queried, f.excluded
      FROM held h LEFT JOIN flagged f ON f.budget_id = h.budget_id AND f.stream = h.stream
    UNION ALL
    SELECT w.budget_id, 'UNALLOCATED', sum(s.remaining_pence) FILTER (WHERE s.remaining_pence > 0),
           -sum(s.remaining_pence) FILTER (WHERE s.remaining_pence < 0), sum(s.remaining_pence), 0, 0
      FROM line_states s
      JOIN line_budgets w ON w.authority_id = s.authority_id AND w.statement_line_id = s.statement_line_id
     WHERE s.authority_id = $1 AND w.budget_id = ANY ($2::uuid[]) AND s.remaining_pence <> 0
     GROUP BY w.budget_id
  )
  SELECT budget_id AS "budgetId", stream, coalesce(money_in, 0)::bigint AS "inPence",
         coalesce(money_out, 0)::bigint AS "outPence", coalesce(bank, 0)::bigint AS "bankPence",
         coalesce(queried, 0)::bigint AS "queriedPence", coalesce(excluded, 0)::bigint AS "excludedPence"
    FROM pots
   WHERE coalesce(money_in, 0) <> 0 OR coalesce(money_out, 0) <> 0 OR coalesce(bank, 0) <> 0
   ORDER BY budget_id, array_position(ARRAY['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT', 'FAMILY', 'UNALLOCATED'], stream)`;
