import { fundingStreams, type LedgerStream, type Money } from '@ringfence/kernel';
import { streamBalances } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';

/** One stream of a budget, as a family or an officer looks at it. All in pence, all zero or more as a rule. */
export interface Pot {
  readonly budgetId: string;
  readonly stream: LedgerStream;
  /** Received from the payer. */
  readonly receivedPence: Money;
  /** Due from the payer and not yet received. */
  readonly duePence: Money;
  /** Spent on agreed provision, wages and tax owed included. */
  readonly spentPence: Money;
  /** Received and not spent. */
  readonly leftPence: Money;
  /** Of what was spent: lines that somebody must still look at. */
  readonly queriedPence: Money;
}

/** Money of a budget that nobody has said what it was for. */
export interface Suspense {
  readonly budgetId: string;
  readonly inPence: Money;
  readonly outPence: Money;
  readonly lines: number;
  /** Of the money out: what the rules query or exclude. */
  readonly queriedPence: Money;
}

const queriedSql = `
  SELECT x.stream, -sum(x.amount_pence) AS queried FROM allocations x
    JOIN spend_verdicts v ON v.authority_id = x.authority_id AND v.subject_type = 'statement-line'
     AND v.subject_id = x.statement_line_id AND v.current AND v.verdict <> 'allowed'
   WHERE x.authority_id = $1 AND x.budget_id = $2 AND x.undone_at IS NULL AND x.amount_pence < 0
   GROUP BY x.stream`;

/** The pots of a budget, in the order of the streams; a stream in which nothing was posted has none. */
export async function potsOf(tx: Transaction, budgetId: string): Promise<Pot[]> {
  const balances = await streamBalances(tx, { budgetId });
  const rows = await tx.query<{ stream: LedgerStream; queried: string }>(queriedSql, [
    tx.context.authorityId,
    budgetId,
  ]);
  const queried = new Map(rows.map((row) => [row.stream, whole(row.queried)]));
  return balances
    .filter(({ stream }) => stream !== 'UNALLOCATED')
    .sort((a, b) => potOrder.indexOf(a.stream) - potOrder.indexOf(b.stream))
    .map((balance) => ({
      budgetId,
      stream: balance.stream,
      receivedPence: balance.receivedPence + balance.familyMoneyPence,
      duePence: balance.dueFromPayerPence,
      spentPence: balance.spentPence + balance.queriedPence,
      leftPence: balance.leftPence + balance.familyMoneyPence,
      queriedPence: balance.queriedPence + (queried.get(balance.stream) ?? 0n),
    }));
}

const potOrder: readonly LedgerStream[] = [...fundingStreams, 'FAMILY'];

/** In an account that several budgets share, a line that is nobody's yet counts for each budget that could own it. */
const suspenseSql = `
  SELECT b.id AS "budgetId", count(*)::integer AS lines,
         sum(s.remaining_pence) FILTER (WHERE s.remaining_pence > 0) AS inwards,
         sum(s.remaining_pence) FILTER (WHERE s.remaining_pence < 0) AS outwards,
         sum(s.remaining_pence) FILTER (WHERE s.remaining_pence < 0 AND v.verdict <> 'allowed') AS queried
    FROM budgets b
    JOIN designated_account_budgets d ON d.authority_id = b.authority_id AND d.budget_id = b.id
    JOIN statement_lines l ON l.authority_id = d.authority_id AND l.designated_account_id = d.designated_account_id
     AND (l.budget_id = b.id OR l.budget_id IS NULL)
    JOIN line_states s ON s.authority_id = l.authority_id AND s.statement_line_id = l.id AND s.remaining_pence <> 0
    LEFT JOIN spend_verdicts v ON v.authority_id = l.authority_id AND v.subject_type = 'statement-line' AND v.subject_id = l.id AND v.current
   WHERE b.authority_id = $1 AND b.id = ANY ($2::uuid[])
   GROUP BY b.id`;

export async function suspenseOf(tx: Transaction, budgetIds: readonly string[]): Promise<Suspense[]> {
  const rows = await tx.query<
    Record<'inwards' | 'outwards' | 'queried', string | bigint | null> & { budgetId: string; lines: number }
  >(suspenseSql, [tx.context.authorityId, budgetIds]);
  return rows.map((row) => ({
    budgetId: row.budgetId,
    lines: row.lines,
    inPence: whole(row.inwards),
    outPence: -whole(row.outwards),
    queriedPence: -whole(row.queried),
  }));
}

/** A sum of bigint columns is numeric in PostgreSQL, and comes as text. */
function whole(sum: string | bigint | null): Money {
  return sum === null ? 0n : BigInt(sum);
}
