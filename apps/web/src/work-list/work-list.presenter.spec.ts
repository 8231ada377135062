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
    const page = presentWorkList('2026-06-02', filterFrom({}), { rows: [row], tallies, found: 1 });
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
    });
    expect(page.tallies.find(({ current }) => current)).toEqual({
      text: 'Queries',
      count: 12,
      href: '/work-list?text=Okafor&need=queries',
      current: true,
    });
    expect(page.tallies[0]).toMatchObject({ text: 'All budgets', count: 312, href: '/work-list?text=Okafor' });
  });

  it('leads through three hundred budgets page by page, with the filter kept', () => {
    const page = presentWorkList('2026-06-02', filterFrom({ page: '5', stream: 'EDU' }), {
      rows: [row],
      tallies,
      found: 312,
    });
    expect(page.title).toBe('Work list, page 5 of 13');
    expect(page.pagination).toEqual({
      items: [
        { number: 1, href: '/work-list?stream=EDU', current: false },
        { ellipsis: true },
        { number: 4, href: '/work-list?stream=EDU&page=4', current: false },
        { number: 5, href: '/work-list?stream=EDU&page=5', current: true },
        { number: 6, href: '/work-list?stream=EDU&page=6', current: false },
        { ellipsis: true },
        { number: 13, href: '/work-list?stream=EDU&page=13', current: false },
      ],
      previous: { href: '/work-list?stream=EDU&page=4' },
      next: { href: '/work-list?stream=EDU&page=6' },
    });
  });

  it('leads to the same list as a file, whatever page and order are shown', () => {
    const filter = filterFrom({ page: '5', stream: 'EDU', order: 'review', text: 'Okafor & Sons' });
    const page = presentWorkList('2026-06-02', filter, { rows: [], tallies, found: 312 });
    expect(page.download).toBe('/work-list.csv?text=Okafor+%26+Sons&stream=EDU');
  });

  it('takes an address that makes no sense for one without filters', () => {
    expect(filterFrom({ page: '-3', order: 'name', need: ['queries'], stream: 'GOLD', text: '  ' })).toEqual({
      order: 'urgency',
      page: 1,
    });
    expect(addressOf(filterFrom({ page: '999999' }))).toBe('/work-list');
  });
});
