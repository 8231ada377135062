import type { AccountWithBudgets } from '@ringfence/budgets';
import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { nationalPolicy, policiesOf, policyInForce, type PolicyVersion } from '@ringfence/spending-rules';
import { forgetFound, watchedAccount, writeFound, writeOverdrawn, type FoundWarning } from './account-warnings.sql.js';
import { accountWarningKind, type AccountWarningCode } from './domain/account-warning-kinds.js';
import { AccountWatch } from './domain/account-warnings.js';
import type { PreviewLine } from '../records/preview.sql.js';

/** Looks at the lines of one import as its preview is written, and keeps what they raise. */
export interface ImportWatch {
  /** Some lines, in any order. */
  see(lines: readonly PreviewLine[]): Promise<void>;
  /** When all have been seen and written. */
  done(): Promise<void>;
}

/** Part of the transaction that writes the preview. */
export async function watchImport(
  tx: Transaction,
  received: { readonly id: string; readonly designatedAccountId: string },
  account: AccountWithBudgets,
): Promise<ImportWatch> {
  const watch = new AccountWatch(await watchedAccount(tx, account));
  const policies = await policiesOf(tx);
  await forgetFound(tx, received.id);
  const target = { importId: received.id, designatedAccountId: received.designatedAccountId };
  return {
    async see(lines) {
      const found: FoundWarning[] = [];
      for (const { position, line } of lines) {
        // Money that has not moved is nobody's question.
        if (line.status !== 'posted' || line.amountPence === 0n) continue;
        const seen = watch.see(line);
        if (seen && isAsked(seen.code, line.date, policies)) found.push({ position, date: line.date, ...seen });
      }
      await writeFound(tx, target, found);
    },
    async done() {
      if (watch.wentBelowZero) await writeOverdrawn(tx, target);
    },
  };
}

/** An authority whose policy has given up the rule, as one that permits cash, does not ask by the account either. */
function isAsked(code: AccountWarningCode, day: CalendarDate, policies: readonly PolicyVersion[]): boolean {
  const { askedByRules } = accountWarningKind(code);
  if (askedByRules.length === 0 || day < nationalPolicy.validFrom) return true;
  const { rules } = policyInForce(policies, day);
  return rules.some((rule) => askedByRules.includes(rule.code));
}
