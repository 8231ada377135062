import type { FindingWithAcceptance, MonthReceived, StatementMonthsView } from '@ringfence/statements';
import { presentAccountMonths, presentFinding } from './months.presenter.js';
import { vocabulary } from '../shell/vocabulary.js';

function month(month: string, state: MonthReceived['state'], also: Partial<MonthReceived> = {}): MonthReceived {
  const lines = state === 'missing' ? 0 : 2;
  return {
    month,
    state,
    ended: true,
    firstDay: lines ? `${month}-03` : null,
    lastDay: lines ? `${month}-28` : null,
    lines,
    openingPence: lines ? 1050n : null,
    closingPence: lines ? 950n : null,
    importIds: lines ? ['one'] : [],
    ...also,
  };
}

function view(months: readonly MonthReceived[], also: Partial<StatementMonthsView> = {}): StatementMonthsView {
  return {
    designatedAccountId: 'account',
    accountName: 'Current account',
    budgetIds: [],
    asked: true,
    months,
    files: [{ importId: 'one', fileName: 'statement.csv', from: '2025-12-03', to: '2026-03-28' }],
    findings: [],
    ...also,
  };
}

const gap: FindingWithAcceptance = {
  kind: 'gap',
  from: '2026-01-28',
  to: '2026-03-03',
  importIds: ['one', 'two'],
  words: 'One ends with £1.00 and two begins with £2.00: £1.00 is not explained.',
  key: 'between',
  accepted: null,
};
const accepted: FindingWithAcceptance['accepted'] = {
  key: 'between',
  importId: 'two',
  reason: 'The branch burnt down.',
  acceptedBy: 'officer',
  acceptedAt: new Date('2026-05-31T23:30:00Z'),
};

const present = (given: StatementMonthsView) => presentAccountMonths(given, vocabulary.officer);

describe('the page of the months of an account', () => {
  const page = present(
    view([
      month('2025-12', 'received'),
      month('2026-01', 'received', { firstDay: null, lastDay: null, lines: 0, importIds: [] }),
      month('2026-02', 'missing'),
      month('2026-03', 'part-received'),
      month('2026-04', 'break', { firstDay: '2026-04-09', lastDay: '2026-04-09' }),
      month('2026-05', 'part-received', { ended: false }),
    ]),
  );

  it('says in a sentence what is received and what is not, and asks nothing of the month that is running', () => {
    expect(page.summary).toBe(
      'Statements are received for 2 of the 5 months that have ended. Missing: February 2026. Part-received: March 2026. Balance break: April 2026.',
    );
    expect(present(view([month('2026-01', 'received')])).summary).toBe(
      'Statements are received for every month that has ended.',
    );
    expect(present(view([])).summary).toBe('No month of this account has ended yet: nothing is asked for.');
    expect(present(view([month('2026-01', 'missing')], { asked: false })).summary).toBe(
      'The council sees the payments of this card itself: no statements are asked for.',
    );
  });

  it('draws whole years, the latest first, each month with its state in a word', () => {
    expect(page.years.map(({ year, months }) => [year, months.length])).toEqual([
      ['2026', 12],
      ['2025', 12],
    ]);
    expect(page.years[0]!.months.map(({ word }) => word)).toEqual([
      'Received',
      'Missing',
      'Part-received',
      'Balance break',
      'Received to date',
      ...Array.from({ length: 7 }, () => ''),
    ]);
  });

  it('says the same in a table, with days, balances and files', () => {
    expect(page.rows.map(({ name, word, days }) => [name, word, days])).toEqual([
      ['May 2026', 'Received to date', '3 to 28'],
      ['April 2026', 'Balance break', '9'],
      ['March 2026', 'Part-received', '3 to 28'],
      ['February 2026', 'Missing', ''],
      ['January 2026', 'Received', 'None: the balance did not change'],
      ['December 2025', 'Received', '3 to 28'],
    ]);
    expect(page.rows.at(-1)).toMatchObject({
      before: '£10.50',
      after: '£9.50',
      files: [{ text: 'statement.csv', href: '/statements/one' }],
    });
  });

  it('asks for what a gap needs, and no longer once the council has accepted it', () => {
    expect(presentFinding(gap)).toEqual({
      words: gap.words,
      todo: 'Please send the statement of the days between. If you cannot get it, ask the council.',
      accepted: null,
    });
    expect(presentFinding({ ...gap, accepted })).toEqual({
      words: gap.words,
      todo: null,
      accepted: 'The council accepted this on 1 June 2026: The branch burnt down.',
    });
    const { toDo, toKnow } = present(view([], { findings: [gap, { ...gap, accepted }] }));
    expect([toDo.length, toKnow.length]).toEqual([1, 1]);
  });

  it('asks for a better file where one proves nothing, and for nothing where two overlap', () => {
    expect(presentFinding({ ...gap, kind: 'unproven', key: null }).todo).toContain('send that one');
    expect(presentFinding({ ...gap, kind: 'overlap', key: null }).todo).toBeNull();
    expect(presentFinding({ ...gap, kind: 'break', importIds: ['one'] }).todo).toContain('again');
  });
});
