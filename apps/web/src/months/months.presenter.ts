import { londonDay, longDate, poundsText, type CalendarDate } from '@ringfence/kernel';
import type { FindingWithAcceptance, MonthReceived, MonthState, StatementMonthsView } from '@ringfence/statements';
import { monthInWords, monthsInWords } from '../shell/formatting.js';
import { definePage, type PageModel } from '../shell/render.js';
import type { Vocabulary } from '../shell/vocabulary.js';

export interface MonthCell {
  readonly short: string;
  readonly state: MonthState | 'to-date' | 'none';
  readonly word: string;
}

export interface MonthRow {
  readonly name: string;
  readonly state: MonthCell['state'];
  readonly word: string;
  readonly tagClasses: string;
  readonly days: string;
  readonly before: string;
  readonly after: string;
  readonly files: readonly { readonly text: string; readonly href: string }[];
}

export interface FindingRow {
  readonly words: string;
  /** What may be done about it; null where there is nothing to do. */
  readonly todo: string | null;
  readonly accepted: string | null;
}

export interface AccountMonths {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly asked: boolean;
  /** Latest year first, each with its twelve months. */
  readonly years: readonly { readonly year: string; readonly months: readonly MonthCell[] }[];
  /** Latest first. */
  readonly rows: readonly MonthRow[];
  readonly toDo: readonly FindingRow[];
  readonly toKnow: readonly FindingRow[];
}

/** In a provider's pooled account a family sees its own lines, and not which files tell of everybody's. */
export interface SharedAccount {
  readonly id: string;
  readonly name: string;
  readonly shared: true;
}

export interface MonthsPage extends PageModel {
  readonly budgetId: string;
  readonly childName: string;
  readonly key: readonly Pick<MonthCell, 'state' | 'word'>[];
  readonly maySend: boolean;
  readonly accounts: readonly (AccountMonths | SharedAccount)[];
}

export const monthsPage = definePage<MonthsPage>('months/months');

const tagClasses: Readonly<Record<MonthCell['state'], string>> = {
  received: 'govuk-tag--green',
  'part-received': 'govuk-tag--yellow',
  'to-date': 'govuk-tag--blue',
  missing: 'govuk-tag--orange',
  break: 'govuk-tag--purple',
  none: '',
};

function wordOf(state: MonthCell['state'], terms: Vocabulary): string {
  const words: Readonly<Record<MonthCell['state'], string>> = {
    received: terms.received,
    'part-received': terms.partReceived,
    'to-date': terms.receivedToDate,
    missing: 'Missing',
    break: terms.balanceBreak,
    none: '',
  };
  return words[state];
}

/** The key beside the picture, in the order of the states. */
export function monthKey(terms: Vocabulary): MonthsPage['key'] {
  return (['received', 'to-date', 'part-received', 'missing', 'break'] as const).map((state) => ({
    state,
    word: wordOf(state, terms),
  }));
}

const shortMonths = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export function presentAccountMonths(view: StatementMonthsView, terms: Vocabulary): AccountMonths {
  const names = new Map(view.files.map(({ importId, fileName }) => [importId, fileName]));
  const findings = view.findings.map((finding) => presentFinding(finding));
  const needing = view.findings.map(({ key, accepted }) => key !== null && accepted === null);
  return {
    id: view.designatedAccountId,
    name: view.accountName,
    summary: summaryOf(view, terms),
    asked: view.asked,
    years: yearsOf(view.months, terms),
    rows: [...view.months].reverse().map((month) => rowOf(month, names, terms)),
    toDo: findings.filter((_, at) => needing[at]),
    toKnow: findings.filter((_, at) => !needing[at]),
  };
}

function summaryOf({ months, asked }: StatementMonthsView, terms: Vocabulary): string {
  if (!asked) return 'The council sees the payments of this card itself: no statements are asked for.';
  const ended = months.filter((month) => month.ended);
  if (ended.length === 0) return 'No month of this account has ended yet: nothing is asked for.';
  const received = ended.filter(({ state }) => state === 'received').length;
  const others = (['missing', 'part-received', 'break'] as const).flatMap((state) => {
    const found = ended.filter((month) => month.state === state).map(({ month }) => `${month}-01`);
    return found.length === 0 ? [] : [`${wordOf(state, terms)}: ${monthsInWords(found)}.`];
  });
  return [
    received === ended.length
      ? `${terms.statementsReceived} for every month that has ended.`
      : `${terms.statementsReceived} for ${received} of the ${ended.length} months that have ended.`,
    ...others,
  ].join(' ');
}

function yearsOf(months: readonly MonthReceived[], terms: Vocabulary): AccountMonths['years'] {
  const byMonth = new Map(months.map((month) => [month.month, month]));
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))].sort().reverse();
  return years.map((year) => ({
    year,
    months: shortMonths.map((short, at): MonthCell => {
      const month = byMonth.get(`${year}-${String(at + 1).padStart(2, '0')}`);
      const state = month === undefined ? 'none' : stateOf(month);
      return { short, state, word: wordOf(state, terms) };
    }),
  }));
}

function rowOf(month: MonthReceived, names: ReadonlyMap<string, string>, terms: Vocabulary): MonthRow {
  const state = stateOf(month);
  return {
    name: monthInWords(`${month.month}-01`),
    state,
    word: wordOf(state, terms),
    tagClasses: tagClasses[state],
    days: daysOf(month),
    before: month.openingPence === null ? '' : poundsText(month.openingPence),
    after: month.closingPence === null ? '' : poundsText(month.closingPence),
    files: month.importIds.map((id) => ({ text: names.get(id) ?? 'Statement', href: `/statements/${id}` })),
  };
}

function stateOf({ state, ended }: MonthReceived): MonthCell['state'] {
  return state === 'part-received' && !ended ? 'to-date' : state;
}

function daysOf({ firstDay, lastDay, state }: MonthReceived): string {
  if (firstDay === null || lastDay === null) return state === 'received' ? 'None: the balance did not change' : '';
  return firstDay === lastDay ? `${dayOf(firstDay)}` : `${dayOf(firstDay)} to ${dayOf(lastDay)}`;
}

function dayOf(date: CalendarDate): number {
  return Number(date.slice(8));
}

/** A finding in plain words. Nobody is blamed: a bank may have closed a branch, a file may have been cut. */
export function presentFinding({ kind, words, accepted, importIds }: FindingWithAcceptance): FindingRow {
  return {
    words,
    todo:
      kind === 'overlap' || accepted !== null
        ? null
        : kind === 'unproven'
          ? 'If your bank offers a statement with balances, such as CSV or OFX, send that one.'
          : importIds.length === 1
            ? 'Please download this statement again and send it. If it looks the same, ask the council.'
            : 'Please send the statement of the days between. If you cannot get it, ask the council.',
    accepted:
      accepted === null
        ? null
        : `The council accepted this on ${longDate(londonDay(accepted.acceptedAt))}: ${accepted.reason}`,
  };
}
