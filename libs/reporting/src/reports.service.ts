import { Injectable } from '@nestjs/common';
import { nextInstalment, type InstalmentRow } from '@ringfence/budgets';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Clock, Problem, type CalendarDate, type CalendarMonth, type Money } from '@ringfence/kernel';
import { Database, type Transaction } from '@ringfence/platform';
import { nextReview, type Review } from '@ringfence/reviews';
import { missingMonths } from './domain/months-held.js';
import { potsOf, suspenseOf, type Pot, type Suspense } from './pots.sql.js';
import { readWorkList, type WorkListFilter, type WorkListRow } from './work-list.sql.js';

export interface AccountHealth {
  readonly id: string;
  readonly name: string;
  readonly bankName: string;
  /** The bank's balance as the book has it, and the day of the last line it rests on. */
  readonly balancePence: Money;
  readonly lastLineDate: CalendarDate | null;
  readonly missingMonths: readonly CalendarMonth[];
  /** Statements that were read and wait for somebody to confirm them. */
  readonly importsWaiting: readonly { readonly id: string; readonly fileName: string }[];
}

export interface ReceiptWanted {
  readonly lineId: string;
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly description: string;
  /** The reason in the words of the rule. */
  readonly reason: string;
}

/** One budget as its recipient sees it. */
export interface BudgetSummary {
  readonly budgetId: string;
  readonly reference: string;
  readonly childName: string;
  readonly pots: readonly Pot[];
  readonly suspense: Suspense | undefined;
  readonly nextInstalment: InstalmentRow | undefined;
  readonly nextReview: Review | undefined;
  readonly accounts: readonly AccountHealth[];
  readonly receiptsWanted: readonly ReceiptWanted[];
}

export const receiptsWantedMax = 50;

/** Reading across the rooms: a family's home, an officer's work list. It changes nothing. */
@Injectable()
export class Reports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The summaries of every budget that was granted to the principal, by reference. */
  async home(principal: Principal): Promise<BudgetSummary[]> {
    authorise(principal, 'budgets.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const budgets = await tx.query<BudgetHead>(budgetHeadsSql, [principal.authorityId, null]);
      return this.summaries(tx, budgets);
    });
  }

  async budget(principal: Principal, budgetId: string): Promise<BudgetSummary> {
    authorise(principal, 'ledger.read', budgetId);
    return this.database.transaction(contextOf(principal), async (tx) => {
      const budgets = await tx.query<BudgetHead>(budgetHeadsSql, [principal.authorityId, budgetId]);
      const [summary] = await this.summaries(tx, budgets);
      if (!summary) throw new Problem('not-found', `There is no budget ${budgetId} that you can see.`);
      return summary;
    });
  }

  /** Every budget of the authority with what waits for an officer. */
  async workList(principal: Principal, filter: WorkListFilter): Promise<{ rows: WorkListRow[]; total: number }> {
    authorise(principal, 'people.read');
    return this.database.transaction(contextOf(principal), (tx) => readWorkList(tx, this.clock.today(), filter));
  }

  private async summaries(tx: Transaction, budgets: readonly BudgetHead[]): Promise<BudgetSummary[]> {
    const today = this.clock.today();
    const ids = budgets.map(({ budgetId }) => budgetId);
    const suspense = await suspenseOf(tx, ids);
    const summaries: BudgetSummary[] = [];
    for (const budget of budgets) {
      summaries.push({
        ...budget,
        pots: await potsOf(tx, budget.budgetId),
        suspense: suspense.find(({ budgetId }) => budgetId === budget.budgetId),
        nextInstalment: await nextInstalment(tx, budget.budgetId, today),
        nextReview: await nextReview(tx, budget.budgetId),
        accounts: await accountsOf(tx, budget.budgetId, today),
        receiptsWanted: await receiptsWanted(tx, budget.budgetId),
      });
    }
    return summaries;
  }
}

interface BudgetHead {
  readonly budgetId: string;
  readonly reference: string;
  readonly childName: string;
}

const budgetHeadsSql = `
  SELECT b.id AS "budgetId", b.reference, c.name AS "childName" FROM budgets b
    JOIN people c ON c.authority_id = b.authority_id AND c.id = b.child_id
   WHERE b.authority_id = $1 AND ($2::uuid IS NULL OR b.id = $2) ORDER BY b.reference`;

async function accountsOf(tx: Transaction, budgetId: string, today: CalendarDate): Promise<AccountHealth[]> {
  const rows = await tx.query<
    AccountHealth & {
      openedOn: CalendarDate;
      closedOn: CalendarDate | null;
      held: { firstDate: string; lastDate: string }[];
    }
  >(
    `SELECT a.id, a.name, a.bank_name AS "bankName", a.opened_on AS "openedOn", a.closed_on AS "closedOn",
            (SELECT coalesce(sum(l.amount_pence), 0)::bigint FROM statement_lines l
              WHERE l.authority_id = a.authority_id AND l.designated_account_id = a.id AND l.superseded_at IS NULL) AS "balancePence",
            (SELECT max(l.line_date) FROM statement_lines l
              WHERE l.authority_id = a.authority_id AND l.designated_account_id = a.id) AS "lastLineDate",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('firstDate', i.first_date, 'lastDate', i.last_date)), '[]') FROM statement_imports i
              WHERE i.authority_id = a.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED' AND i.first_date IS NOT NULL) AS held,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'fileName', i.file_name) ORDER BY i.received_at), '[]') FROM statement_imports i
              WHERE i.authority_id = a.authority_id AND i.designated_account_id = a.id AND i.state = 'PARSED') AS "importsWaiting"
       FROM designated_accounts a
      WHERE a.authority_id = $1 AND a.id IN (
        SELECT d.designated_account_id FROM designated_account_budgets d WHERE d.authority_id = $1 AND d.budget_id = $2)
      ORDER BY a.opened_on, a.id`,
    [tx.context.authorityId, budgetId],
  );
  return rows.map(({ openedOn, closedOn, held, ...account }) => ({
    ...account,
    missingMonths: missingMonths(openedOn, today, held, closedOn),
  }));
}

async function receiptsWanted(tx: Transaction, budgetId: string): Promise<ReceiptWanted[]> {
  return tx.query<ReceiptWanted>(
    `SELECT l.id AS "lineId", l.line_date AS "lineDate", l.amount_pence AS "amountPence", l.description, f.finding->>'reason' AS reason
       FROM spend_verdicts v
       JOIN statement_lines l ON l.authority_id = v.authority_id AND l.id = v.subject_id
       CROSS JOIN LATERAL (SELECT x AS finding FROM jsonb_array_elements(v.findings) x WHERE x->>'verdict' <> 'allowed' LIMIT 1) f
      WHERE v.authority_id = $1 AND v.budget_id = $2 AND v.subject_type = 'statement-line' AND v.current AND v.verdict <> 'allowed'
      ORDER BY l.line_date DESC, l.id DESC LIMIT ${receiptsWantedMax}`,
    [tx.context.authorityId, budgetId],
  );
}
