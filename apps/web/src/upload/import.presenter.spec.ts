import type { PreviewLine, PreviewVerdict } from '@ringfence/statements';
import { presentImport, type ImportFacts } from './import.presenter.js';
import { previewStateFrom, type PreviewState } from './preview-state.js';
import type { ImportProgress } from './progress.presenter.js';
import { vocabulary } from '../shell/vocabulary.js';

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
  progressStep: null,
  progressDone: null,
  progressOf: null,
  commitRefusal: null,
  counts: { NEW: 0, HELD: 0, POSSIBLE_DUPLICATE: 0, NOT_POSTED: 0 },
};

const line = (position: number, verdict: PreviewVerdict, amountPence: bigint): PreviewLine => ({
  position,
  verdict,
  heldLineId: null,
  why: verdict === 'POSSIBLE_DUPLICATE' ? 'The same amount was paid a day before.' : null,
  line: { date: '2026-05-12', amountPence, description: 'SWIM SCHOOL' } as PreviewLine['line'],
});

const present = (
  changes: Partial<ImportFacts['view']>,
  lines: PreviewLine[] = [],
  preview: PreviewState = previewStateFrom(),
) =>
  presentImport({
    terms: vocabulary.family,
    view: { ...view, ...changes },
    lines,
    preview,
    accountName: 'Kit’s account',
    budgetId: 'b1',
  });

describe('A statement that a family sends', () => {
  it('asks the page to load itself again while it is being read, and only then', () => {
    expect(present({ state: 'RECEIVED' })).toMatchObject({ title: 'We are reading your statement', refreshSeconds: 3 });
    expect(present({ state: 'COMMITTING' })).toMatchObject({
      title: 'We are adding these payments',
      refreshSeconds: 3,
    });
    for (const state of ['PARSED', 'REFUSED', 'COMMITTED', 'REVERSED'] as const) {
      expect(present({ state }).refreshSeconds).toBeNull();
    }
  });

  it('says how far a job has come, as far as it is known, and nothing where no job tells', () => {
    const told = ({ step, done, of }: ImportProgress) =>
      present({ state: 'RECEIVED', progressStep: step, progressDone: done, progressOf: of }).progress;
    expect(told({ step: 'READING', done: 0, of: null })).toEqual({ sentence: 'Reading the file.', percent: null });
    expect(told({ step: 'READING', done: 12_000, of: null })!.sentence).toBe('Reading the file: 12000 lines so far.');
    expect(told({ step: 'COMPARING', done: 12_345, of: 50_000 })).toEqual({
      sentence: 'Comparing it with what is there already: 24%.',
      percent: 24,
    });
    expect(told({ step: 'POSTING', done: 7, of: 0 })!.sentence).toBe('Adding these payments: 7 lines so far.');
    expect(told({ step: 'POSTING', done: 51_000, of: 50_000 })!.percent).toBe(100);
    expect(present({ state: 'RECEIVED' }).progress).toBeNull();
  });

  it('says why it was not added after all, where a job could not post it', () => {
    const commitRefusal = 'The month of April 2026 is closed: ask an officer.';
    expect(present({ commitRefusal }).notAdded).toBe(`These payments were not added: ${commitRefusal}`);
    expect([present({}).notAdded, present({ commitRefusal, state: 'COMMITTING' }).notAdded]).toEqual([null, null]);
  });

  it('puts what a person has to look at first, with its reason', () => {
    const page = present({ counts: { NEW: 2, HELD: 3, POSSIBLE_DUPLICATE: 1, NOT_POSTED: 0 } }, [
      line(0, 'NEW', -4_500n),
      line(1, 'POSSIBLE_DUPLICATE', 4_500n),
    ]);
    expect(page.counts).toEqual([
      '1 payment that may be there already',
      '2 new payments',
      '3 payments that are there already',
    ]);
    expect(page.groups.map(({ heading, shown, next }) => [heading, shown, next])).toEqual([
      ['These may be there already', null, null],
      ['New', 'Lines 1 to 1 of 2', 'NEW=0:1'],
    ]);
    expect(page.groups[0]!.rows[0]).toEqual({
      position: 1,
      when: '12 May 2026',
      what: 'SWIM SCHOOL',
      moneyIn: '£45.00',
      moneyOut: '',
      why: 'The same amount was paid a day before.',
      ticked: false,
    });
    expect(page).toMatchObject({
      period: '1 May 2026 to 31 May 2026',
      opening: '£100.00',
      closing: '−£2.50',
      nothingNew: false,
    });
  });

  it('leads from lines to lines and back to the first, and carries what was ticked on the way', () => {
    const preview = previewStateFrom({
      go: 'POSSIBLE_DUPLICATE=40:2',
      'start-POSSIBLE_DUPLICATE': '-1:0',
      'start-NEW': '9:3',
      accept: ['7', '44', 'x'],
    });
    const page = present(
      { counts: { NEW: 5, HELD: 0, POSSIBLE_DUPLICATE: 4, NOT_POSTED: 0 } },
      [line(44, 'POSSIBLE_DUPLICATE', 1n), line(12, 'NEW', 2n)],
      preview,
    );
    expect(page.groups.map(({ shown, first, next }) => [shown, first, next])).toEqual([
      ['Lines 3 to 3 of 4', 'POSSIBLE_DUPLICATE=-1:0', 'POSSIBLE_DUPLICATE=44:3'],
      ['Lines 4 to 4 of 5', 'NEW=-1:0', 'NEW=12:4'],
    ]);
    expect(page.groups[0]!.rows[0]!.ticked).toBe(true);
    expect(page).toMatchObject({ tickedElsewhere: [7], tickedNote: 'Besides these you have ticked 1 line.' });
    expect(page.starts).toContainEqual({ name: 'start-POSSIBLE_DUPLICATE', value: '40:2' });
    expect(page.starts).toContainEqual({ name: 'start-NEW', value: '9:3' });
  });

  it('begins at the beginning where a form makes no sense', () => {
    expect(
      previewStateFrom({ go: 'OTHER=1:1', 'start-NEW': '-7:2', 'start-HELD': ['1:1', '2:2'], accept: '-3' }),
    ).toEqual(previewStateFrom());
  });

  it('says when everything is there already', () => {
    expect(present({ counts: { NEW: 0, HELD: 3, POSSIBLE_DUPLICATE: 0, NOT_POSTED: 0 } }).nothingNew).toBe(true);
  });
});
