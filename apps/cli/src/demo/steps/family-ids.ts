import type { FundingStream } from '@ringfence/kernel';
import type { DemoApiClient } from '../api-client.js';
import type { FamilyIds } from '../context.js';
import type { Family } from '../scenario.js';

interface BudgetAnswer {
  readonly id: string;
  readonly reference: string;
  readonly accounts: readonly { readonly id: string; readonly bookId: string }[];
  readonly lines: readonly {
    readonly id: string;
    readonly name: string;
    readonly stream: FundingStream;
    readonly outcomeIds: readonly string[];
  }[];
}

/** Finds a family's things by what the officer called them. */
export async function readFamilyIds(officer: DemoApiClient, family: Family): Promise<FamilyIds> {
  const budgets = new Map<string, string>();
  const lines = new Map<string, FamilyIds['lines'] extends ReadonlyMap<string, infer Line> ? Line : never>();
  let account: BudgetAnswer['accounts'][number] | undefined;
  for (const scenario of family.budgets) {
    const { items } = await officer.get<{ items: { id: string; reference: string }[] }>(
      `/v1/budgets?text=${encodeURIComponent(scenario.reference)}`,
    );
    const found = items.find(({ reference }) => reference === scenario.reference);
    if (!found) throw new Error(`The service has no budget ${scenario.reference}, although it was recorded.`);
    const budget = await officer.get<BudgetAnswer>(`/v1/budgets/${found.id}`);
    budgets.set(scenario.key, budget.id);
    account ??= budget.accounts[0];
    for (const line of scenario.agreements.flatMap((agreement) => agreement.lines)) {
      const recorded = budget.lines.find(({ name, stream }) => name === line.name && stream === line.stream);
      if (!recorded)
        throw new Error(`The budget ${scenario.reference} has no line ${line.name}, although it was recorded.`);
      lines.set(line.key, { id: recorded.id, stream: recorded.stream, outcomeId: recorded.outcomeIds[0] ?? '' });
    }
  }
  if (!account) throw new Error(`The budgets of ${family.key} have no account, although it was opened.`);
  return { accountId: account.id, bookId: account.bookId, budgets, lines };
}
