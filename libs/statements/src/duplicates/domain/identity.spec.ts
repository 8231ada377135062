import { addDays } from '@ringfence/kernel';
import fc from 'fast-check';
import { normalDescription, type ParsedLine } from '@ringfence/statement-files';
import { contentKey, occurrences } from '../../records/domain/content-key.js';
import { newLines, type HeldLine } from './identity.js';

describe('which lines of an upload are new', () => {
  it('keeps two equal coffees as two, and adds nothing when they come again', () => {
    const coffees = [line({}), line({})];
    const first = newLines([], coffees);
    expect(first.new).toHaveLength(2);
    expect(summary(newLines(hold(coffees), coffees))).toEqual({ new: 0, held: 2, possibleDuplicates: [] });
  });

  it('adds only the third of three equal coffees when two are held', () => {
    expect(summary(newLines(hold([line({}), line({})]), [line({}), line({}), line({})]))).toEqual({
      new: 1,
      held: 2,
      possibleDuplicates: [],
    });
  });

  it('knows a line again by the bank’s id and amount, although its words and its day have changed', () => {
    const held = hold([line({ bankId: 'F1' })]);
    const again = line({ bankId: 'F1', description: 'COFFEE SHOP LEEDS', date: '2026-04-06' });
    expect(summary(newLines(held, [again]))).toEqual({ new: 0, held: 1, possibleDuplicates: [] });
  });

  it('never takes lines with different ids for the same', () => {
    expect(summary(newLines(hold([line({ bankId: 'F1' })]), [line({ bankId: 'F2' })]))).toEqual({
      new: 1,
      held: 0,
      possibleDuplicates: [],
    });
  });

  it.each([
    ['with another amount', { amountPence: -999n }],
    ['in another year', { date: '2027-04-05' }],
  ])('asks a person about an id that comes again %s', (_, changes) => {
    const result = newLines(hold([line({ bankId: 'F1' })]), [line({ bankId: 'F1', ...changes })]);
    expect(summary(result)).toEqual({
      new: 0,
      held: 0,
      possibleDuplicates: ['h0: The bank gave this id to a line of another amount or another time.'],
    });
  });

  it('takes lines with different running balances for different', () => {
    const result = newLines(hold([line({ balancePence: 900n })]), [line({ balancePence: 600n })]);
    expect(summary(result)).toEqual({ new: 1, held: 0, possibleDuplicates: [] });
  });

  it('asks a person when a day that the upload covers whole shows a held line with another running balance', () => {
    const upload = [
      line({ date: '2026-04-04', amountPence: -1n }),
      line({ balancePence: 600n }),
      line({ date: '2026-04-06', amountPence: -2n }),
    ];
    expect(summary(newLines(hold([line({ balancePence: 900n })]), upload))).toEqual({
      new: 2,
      held: 0,
      possibleDuplicates: ['h0: The same date, amount and description are posted with another running balance.'],
    });
  });

  it('asks a person about the same amount within three days, and not about four', () => {
    const held = hold([line({ description: 'PENDING COFFEE' })]);
    expect(summary(newLines(held, [line({ date: '2026-04-08' })]))).toEqual({
      new: 0,
      held: 0,
      possibleDuplicates: ['h0: The same amount is posted within 3 days.'],
    });
    expect(summary(newLines(held, [line({ date: '2026-04-09' })]))).toEqual({
      new: 1,
      held: 0,
      possibleDuplicates: [],
    });
  });

  it('gives the sure match to the line that has it, and not to an earlier line that is only near', () => {
    const held = hold([line({})]);
    const result = newLines(held, [line({ date: '2026-04-04' }), line({})]);
    expect(summary(result)).toEqual({ new: 1, held: 1, possibleDuplicates: [] });
  });

  it('takes a line that the bank added late, before all that is held, for new', () => {
    const late = line({ date: '2026-01-01', description: 'INTEREST', amountPence: 5n });
    expect(summary(newLines(hold([line({})]), [late, line({})]))).toEqual({ new: 1, held: 1, possibleDuplicates: [] });
  });

  it('stays quick on many equal lines', () => {
    const many = Array.from({ length: 20_000 }, () => line({}));
    expect(newLines(hold(many), many).held).toHaveLength(20_000);
  });
});

describe('uploads that overlap', () => {
  const history = fc.array(
    fc.record({
      days: fc.integer({ min: 0, max: 2 }),
      pence: fc.constantFrom(-350n, -350n, -200n, 1000n),
      words: fc.constantFrom('COFFEE', 'BUS'),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const cuts = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 8 });

  it.each(['ids', 'balances', 'both'])('give the same lines as one upload of everything, by %s', (by) => {
    fc.assert(
      fc.property(history, cuts, (moves, uploads) => {
        const all = statement(moves, by);
        const books: ParsedLine[] = [];
        for (const [from, to] of [...uploads, [0, all.length - 1] as const]) {
          const slice = all.slice(Math.min(from, to), Math.max(from, to) + 1);
          const result = newLines(hold(books), slice);
          expect(result.possibleDuplicates).toEqual([]);
          books.push(...result.new);
        }
        expect(books.map(fingerprint).sort()).toEqual(all.map(fingerprint).sort());
      }),
    );
  });

  it('without ids and balances give them too when they end with whole days, but for what a person is asked', () => {
    fc.assert(
      fc.property(history, cuts, (moves, uploads) => {
        const all = statement(moves, 'neither');
        const books: ParsedLine[] = [];
        for (const [from, to] of [...uploads, [0, all.length - 1] as const]) {
          const first = all[Math.min(from, to, all.length - 1)]?.date ?? '';
          const last = all[Math.min(Math.max(from, to), all.length - 1)]?.date ?? '';
          const slice = all.filter(({ date }) => first <= date && date <= last);
          const result = newLines(hold(books), slice);
          // The person sees that they are different lines.
          books.push(...result.new, ...result.possibleDuplicates.map((doubt) => doubt.line));
        }
        expect(books.map(fingerprint).sort()).toEqual(all.map(fingerprint).sort());
      }),
    );
  });

  it('number equal lines so that no two have the same key and occurrence', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const all = statement(moves, 'neither');
        const keys = occurrences(all).map(({ contentKey: key, occurrence }) => `${key} ${occurrence}`);
        expect(new Set(keys).size).toBe(all.length);
      }),
    );
  });
});

describe('the key of a line’s contents', () => {
  it('begins with its version and never changes for the same bank fields', () => {
    expect(contentKey(line({}))).toBe('v1:54676c52b10dd5781ba4934b9b5c44e831a1796ec262792bc4c6412d82df2761');
  });

  it('tells fields apart that would read the same when joined', () => {
    expect(contentKey(line({ description: 'A', bankId: 'B' }))).not.toBe(contentKey(line({ description: 'AB' })));
  });

  it('counts on from the occurrences that are held', () => {
    const held = new Map([[contentKey(line({})), 2]]);
    expect(occurrences([line({}), line({})], held).map(({ occurrence }) => occurrence)).toEqual([2, 3]);
  });
});

type Fields = Partial<Pick<ParsedLine, 'date' | 'amountPence' | 'description' | 'bankId' | 'balancePence'>>;

function line(fields: Fields): ParsedLine {
  const description = fields.description ?? 'COFFEE';
  return {
    date: '2026-04-05',
    amountPence: -350n,
    bankId: null,
    balancePence: null,
    raw: '',
    sourceLine: 1,
    kind: null,
    mcc: null,
    status: 'posted',
    originalAmount: null,
    originalCurrency: null,
    ...fields,
    description,
    normalisedDescription: normalDescription(description),
  };
}

function hold(lines: readonly ParsedLine[]): HeldLine[] {
  return lines.map((each, at) => ({ ...each, heldId: `h${at}` }));
}

function summary(result: ReturnType<typeof newLines>): { new: number; held: number; possibleDuplicates: string[] } {
  return {
    new: result.new.length,
    held: result.held.length,
    possibleDuplicates: result.possibleDuplicates.map(({ heldId, why }) => `${heldId}: ${why}`),
  };
}

function statement(moves: readonly { days: number; pence: bigint; words: string }[], by: string): ParsedLine[] {
  let date = '2026-04-01';
  let balance = 1_000_000n;
  return moves.map(({ days, pence, words }, at) => {
    date = addDays(date, days);
    balance += pence;
    return line({
      date,
      amountPence: pence,
      description: words,
      bankId: by === 'ids' || by === 'both' ? `F${at}` : null,
      balancePence: by === 'balances' || by === 'both' ? balance : null,
    });
  });
}

function fingerprint({ date, amountPence, description, bankId, balancePence }: ParsedLine): string {
  return [date, amountPence, description, bankId, balancePence].join(' ');
}
