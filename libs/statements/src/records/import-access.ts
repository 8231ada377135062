import { accountOf, type AccountWithBudgets } from '@ringfence/budgets';
import { authorise, seesWholeAuthority, type Action, type Principal } from '@ringfence/identity';
import { Problem } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { StatementImport } from './statements.entities.js';

export async function findImport(tx: Transaction, importId: string): Promise<StatementImport> {
  const found = await tx.manager.findOneBy(StatementImport, { authorityId: tx.context.authorityId, id: importId });
  if (!found) throw new Problem('not-found', `There is no statement import ${importId} that you can see.`);
  return found;
}

/** An account is acted on by who may act on every budget that it serves: a file tells of all of them. */
export async function authoriseAccount(
  tx: Transaction,
  principal: Principal,
  action: Extract<Action, `statements.${string}`>,
  designatedAccountId: string,
): Promise<AccountWithBudgets> {
  const account = await accountOf(tx, designatedAccountId);
  if (!account)
    throw new Problem('not-found', `There is no designated account ${designatedAccountId} that you can see.`);
  for (const { budgetId } of account.budgets) authorise(principal, action, budgetId);
  if (!seesWholeAuthority(principal)) {
    const [row] = await tx.query<{ whole: boolean }>('SELECT holds_whole_account($1, $2) AS whole', [
      designatedAccountId,
      action,
    ]);
    if (!row?.whole) {
      throw new Problem(
        'not-permitted',
        'This account is shared with other budgets: its holder uploads its statements.',
      );
    }
  }
  return account;
}

/** The account's lock: commits and reversals of one account take turns, and each sees what the one before posted. */
export async function lockAccountLines(tx: Transaction, designatedAccountId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 5))', [designatedAccountId]);
}
