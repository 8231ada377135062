import type { WorkListRow } from '@ringfence/reporting';
import { addressOf, filterFrom, presentWorkList } from './work-list.presenter.js';

const tallies = { all: 312, any: 40, excluded: 1, reviews: 3, statements: 9, queries: 12, account: 4, suspense: 30 };

const row: WorkListRow = {
  id: 'b1',
  reference: 'PB-0007',
  childName: 'Mina',
  recipientName: 'Joan Okafor',
  streams: ['EDU', 'SOCIAL_CHILD'],
  suspenseLines: 1,
  suspensePence: 123_456n,
  queries: 2,
  queryPence: 4_000n,
  excluded: 0,
  excludedPence: 0n,
  missingMonths: 2,
  accountQuestions: 3,
  reviewsDue: 1,
  reviewOn: '2026-05-30',
};

describe('The work list', () => {
  it('says of each budget what it needs, and leaves out what it does not', () => {
    const page = presentWorkList('2026-06-02', filterFrom({}), { rows: [row], tallies, found: 1, passed: 0 });
    expect(page.items).toEqual([
      {
        href: '/budgets/b1',
        reference: 'PB-0007',
        child: 'Mina',
        recipient: 'Joan Okafor',
        streams: 'Education, Social care (under 18)',
        suspense: '1 line, £1,234.56',
        queries: '2, £40.00',
        account: '3 account queries',
        excluded: '',
        missing: '2 months',
        review: '30 May 2026 (3 days ago)',
        reviewIsDue: true,
      },
    ]);
    expect(page).toMatchObject({ title: 'Work list', found: '1 budget', pagination: null });
  });

  it('counts every need over all budgets, and leads to each', () => {
    const page = presentWorkList('2026-06-02', filterFrom({ need: 'queries', text: 'Okafor' }), {
      rows: [],
      tallies,
      found: 0,
      passed: 0,
    });
    expect(page.tallies.find(({ current }) => current)).toEqual({
      text: 'Queries',
      count: 12,
      href: '/work-list?text=Okafor&need=queries',
      current: true,
    });
    expect(page.tallies[0]).toMatchObject({ text: 'All budgets', count: 312, href: '/work-list?text=Okafor' });
  });

  it('leads on from the budgets that it shows and back, with the filter kept', () => {
    const last = { ...row, reference: 'PB-0125' };
    const page = presentWorkList('2026-06-02', filterFrom({ after: 'PB-0006', stream: 'EDU' }), {
      rows: [row, last],
      tallies,
      found: 312,
      passed: 100,
    });
    expect(page.title).toBe('Work list, budgets 101 to 102 of 312');
    expect(page.pagination).toEqual({
      previous: { href: '/work-list?stream=EDU&before=PB-0007' },
      next: { href: '/work-list?stream=EDU&after=PB-0125' },
    });
    expect(page.tallies[0]!.href).toBe('/work-list?stream=EDU');
  });

  it('leads to the same list as a file, whatever part and order are shown', () => {
    const filter = filterFrom({ after: 'PB-0006', stream: 'EDU', order: 'review', text: 'Okafor & Sons' });
    const page = presentWorkList('2026-06-02', filter, { rows: [], tallies, found: 312, passed: 100 });
    expect(page.download).toBe('/work-list.csv?text=Okafor+%26+Sons&stream=EDU');
  });

  it('takes an address that makes no sense for one without filters', () => {
    expect(filterFrom({ after: ['PB-0001'], order: 'name', need: ['queries'], stream: 'GOLD', text: '  ' })).toEqual({
      order: 'urgency',
    });
    expect(addressOf(filterFrom({ after: '', before: 7 }))).toBe('/work-list');
  });
});
