import { may, type Principal } from '@ringfence/identity';
import { londonDay, longDate } from '@ringfence/kernel';
import type { ImportView } from '@ringfence/statements';
import { presentFinding, type FindingRow } from '../months/months.presenter.js';
import { termsOf } from '../shell/vocabulary.js';

/** What stands in the way of a statement, what was accepted about it, and what became of it afterwards. */
export interface BalanceBreaksView {
  readonly open: readonly FindingRow[];
  readonly accepted: readonly FindingRow[];
  readonly mayAccept: boolean;
  readonly mayReverse: boolean;
  readonly reversed: string | null;
  readonly monthsAddress: string | null;
}

export function presentBalanceBreaks(
  view: ImportView,
  principal: Principal,
  budgetId: string | null,
): BalanceBreaksView {
  const rows = view.breaks.map((finding) => presentFinding(finding));
  const open = rows.filter(({ accepted }) => accepted === null);
  return {
    open,
    accepted: rows.filter(({ accepted }) => accepted !== null),
    mayAccept: open.length > 0 && may(principal, 'statements.accept-break', budgetId ?? undefined),
    mayReverse: view.state === 'COMMITTED' && may(principal, 'statements.reverse', budgetId ?? undefined),
    reversed:
      view.reversedAt === null
        ? null
        : `${termsOf(principal).reversed} on ${longDate(londonDay(view.reversedAt))}: ${view.reversalReason}`,
    monthsAddress: budgetId === null ? null : `/budgets/${budgetId}/statement-months`,
  };
}
