import type { PreviewLine, PreviewVerdict } from '@ringfence/statements';
import { presentImport, type ImportFacts } from './import.presenter.js';

const view: ImportFacts['view'] = {
  id: 'i1',
  state: 'PARSED',
  fileName: 'may.csv',
  firstDate: '2026-05-01',
  lastDate: '2026-05-31',
  openingPence: 10_000n,
  closingPence: -250n,
  needsConfirmation: false,
  warnings: [],
  refusal: null,
  counts: { NEW: 0, HELD: 0, DOUBTFUL: 0, NOT_POSTED: 0 },
};

const line = (position: number, verdict: PreviewVerdict, amountPence: bigint): PreviewLine => ({
  position,
  verdict,
  heldLineId: null,
  why: verdict === 'DOUBTFUL' ? 'The same amount was paid a day before.' : null,
  line: { date: '2026-05-12', amountPence, description: 'SWIM SCHOOL' } as PreviewLine['line'],
});

const present = (changes: Partial<ImportFacts['view']>, lines: PreviewLine[] = []) =>
  presentImport({ view: { ...view, ...changes }, lines, accountName: 'Kit’s account', budgetId: 'b1' });

describe('A statement on its way into the books', () => {
  it('asks the page to load itself again while it is being read, and only then', () => {
    expect(present({ state: 'RECEIVED' })).toMatchObject({ title: 'We are reading your statement', refreshSeconds: 3 });
    expect(present({}).refreshSeconds).toBeNull();
  });

  it('puts what a person has to look at first, with its reason', () => {
    const page = present({ counts: { NEW: 2, HELD: 3, DOUBTFUL: 1, NOT_POSTED: 0 } }, [
      line(0, 'NEW', -4_500n),
      line(1, 'DOUBTFUL', 4_500n),
    ]);
    expect(page.counts).toEqual([
      '1 payment that may be there already',
      '2 new payments',
      '3 payments that are there already',
    ]);
    expect(page.groups.map(({ heading, more }) => [heading, more])).toEqual([
      ['Please look at these', null],
      ['New', 'and 1 more'],
    ]);
    expect(page.groups[0]!.rows[0]).toEqual({
      position: 1,
      when: '12 May 2026',
      what: 'SWIM SCHOOL',
      moneyIn: '£45.00',
      moneyOut: '',
      why: 'The same amount was paid a day before.',
    });
    expect(page).toMatchObject({
      period: '1 May 2026 to 31 May 2026',
      opening: '£100.00',
      closing: '−£2.50',
      nothingNew: false,
    });
  });

  it('says when everything is there already', () => {
    expect(present({ counts: { NEW: 0, HELD: 3, DOUBTFUL: 0, NOT_POSTED: 0 } }).nothingNew).toBe(true);
  });
});
