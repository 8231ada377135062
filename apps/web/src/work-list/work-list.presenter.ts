import { fundingStreams, poundsText, streamNames, type CalendarDate } from '@ringfence/kernel';
import {
  type WorkListAnswer,
  type WorkListFilter,
  type WorkListRow,
  type WorkNeed,
  workNeeds,
  type WorkOrder,
  workOrders,
} from '@ringfence/reporting';
import { counted, dayInWords } from '../shell/formatting.js';
import { definePage, type PageModel } from '../shell/render.js';

const needNames: Readonly<Record<WorkNeed | 'all', string>> = {
  all: 'All budgets',
  any: 'Action needed',
  excluded: 'Excluded by rule, decision needed',
  reviews: 'Review due',
  statements: 'Statements missing',
  queries: 'Queries',
  account: 'Account queries',
  suspense: 'Unallocated',
};

const orderNames: Readonly<Record<WorkOrder, string>> = {
  urgency: 'Priority',
  suspense: 'Most money unallocated',
  review: 'Next review',
  reference: 'Reference',
};

export interface WorkListItem {
  readonly href: string;
  readonly reference: string;
  readonly child: string;
  readonly recipient: string;
  readonly streams: string;
  readonly suspense: string;
  readonly queries: string;
  readonly account: string;
  readonly excluded: string;
  readonly missing: string;
  readonly review: string;
  readonly reviewIsDue: boolean;
}

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly selected: boolean;
}

export interface WorkListView {
  readonly title: string;
  readonly text: string;
  readonly tallies: readonly {
    readonly text: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly need: string;
  readonly streams: readonly Choice[];
  readonly orders: readonly Choice[];
  readonly found: string;
  readonly items: readonly WorkListItem[];
  readonly pagination: object | null;
  /** The same list as a file: all its pages, by reference. */
  readonly download: string;
}

export interface WorkListPage extends WorkListView, PageModel {
  /** Whether the reader may download the trial balance. */
  readonly mayBalance: boolean;
  /** Pay runs that are held for a decision of the reader. */
  readonly heldRuns: number;
}

export const workListPage = definePage<WorkListPage>('work-list/work-list');

export function presentWorkList(today: CalendarDate, filter: WorkListFilter, answer: WorkListAnswer): WorkListView {
  const need = filter.need ?? 'all';
  const { rows, found, passed } = answer;
  const all = { ...filter, after: undefined, before: undefined };
  const part = rows.length < found ? `, budgets ${passed + 1} to ${passed + rows.length} of ${found}` : '';
  return {
    title: `Work list${part}`,
    text: filter.text ?? '',
    tallies: (['all', ...workNeeds] as const).map((name) => ({
      text: needNames[name],
      count: answer.tallies[name],
      href: addressOf({ ...all, need: name === 'all' ? undefined : name }),
      current: name === need,
    })),
    need: filter.need ?? '',
    streams: [
      { value: '', text: 'All funding streams', selected: filter.stream === undefined },
      ...fundingStreams.map((value) => ({ value, text: streamNames[value], selected: filter.stream === value })),
    ],
    orders: workOrders.map((value) => ({ value, text: orderNames[value], selected: filter.order === value })),
    found: counted(found, 'budget'),
    items: rows.map((row) => presentRow(today, row)),
    pagination: paginationOf(filter, answer),
    download: addressOf({ ...all, order: 'urgency' }).replace('/work-list', '/work-list.csv'),
  };
}

function presentRow(today: CalendarDate, row: WorkListRow): WorkListItem {
  return {
    href: `/budgets/${row.id}`,
    reference: row.reference,
    child: row.childName,
    recipient: row.recipientName,
    streams: row.streams.map((stream) => streamNames[stream]).join(', '),
    suspense: row.suspenseLines === 0 ? '' : `${counted(row.suspenseLines, 'line')}, ${poundsText(row.suspensePence)}`,
    queries: row.queries === 0 ? '' : `${row.queries}, ${poundsText(row.queryPence)}`,
    account: row.accountQuestions === 0 ? '' : counted(row.accountQuestions, 'account query', 'account queries'),
    excluded: row.excluded === 0 ? '' : `${row.excluded}, ${poundsText(row.excludedPence)}`,
    missing: row.missingMonths === 0 ? '' : counted(row.missingMonths, 'month'),
    review: row.reviewOn === null ? '' : dayInWords(today, row.reviewOn),
    reviewIsDue: row.reviewsDue > 0,
  };
}

/** The address of the list under a filter; what is as usual is left out. */
export function addressOf({ text, stream, need, order, after, before }: WorkListFilter): string {
  const query = new URLSearchParams();
  if (text) query.set('text', text);
  if (stream) query.set('stream', stream);
  if (need) query.set('need', need);
  if (order !== 'urgency') query.set('order', order);
  if (after) query.set('after', after);
  if (before) query.set('before', before);
  const written = query.toString();
  return written === '' ? '/work-list' : `/work-list?${written}`;
}

/** What came in the address; whatever makes no sense there is as if it had been left out. */
export function filterFrom(query: Readonly<Record<string, unknown>>): WorkListFilter {
  const oneOf = <Value extends string>(values: readonly Value[], given: unknown): Value | undefined =>
    values.find((value) => value === given);
  const text = typeof query['text'] === 'string' ? query['text'].trim().slice(0, 100) : '';
  const reference = (name: string) => (typeof query[name] === 'string' && query[name] !== '' ? query[name] : undefined);
  return {
    text: text === '' ? undefined : text,
    stream: oneOf(fundingStreams, query['stream']),
    need: oneOf(workNeeds, query['need']),
    order: oneOf(workOrders, query['order']) ?? 'urgency',
    after: reference('after'),
    before: reference('before'),
  };
}

/** In the shape of the pagination component: from the budgets shown to those before and behind them. */
function paginationOf(filter: WorkListFilter, { rows, found, passed }: WorkListAnswer): object | null {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last || rows.length === found) return null;
  const here = { ...filter, after: undefined, before: undefined };
  return {
    ...(passed > 0 ? { previous: { href: addressOf({ ...here, before: first.reference }) } } : {}),
    ...(passed + rows.length < found ? { next: { href: addressOf({ ...here, after: last.reference }) } } : {}),
  };
}
