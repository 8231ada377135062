import { looksLikeDate } from '../../core/bank-dates.js';
import { oneSpaced, penceOfBankText, quoted } from '../../core/bank-text.js';
import type { CsvProfile } from '../../core/csv-profile.js';
import type { CsvRecord } from './csv-records.js';
import { preambleRecordsMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';

/** A file laid over a profile: which cell of a row is which column. */
export interface Layout {
  readonly profile: CsvProfile;
  readonly columns: ReadonlyMap<string, number>;
  readonly width: number;
  readonly preamble: readonly CsvRecord[];
  /** How many records stand before the first row. */
  readonly skipped: number;
  /** From a header such as `Amount (GBP)`. */
  readonly headerCurrency: string | null;
}

/** A profile, and what became of laying the file over it. */
interface Candidate {
  readonly profile: CsvProfile;
  state: 'looking' | 'fits' | 'fits not';
  layout?: Layout;
  rows: number;
  /** Rows whose dates are written as the profile says. */
  dated: number;
  firstRow?: number;
}

/**
 * Finds the one layout that fits a file, record by record. Groups are tried in order and the first in which something
 * fits decides. Refuses when nothing fits, or when two layouts fit equally well: a guess could swap days and months.
 */
export class LayoutSearch {
  private readonly groups: readonly (readonly Candidate[])[];
  private readonly before = new Map<string, CsvRecord[]>();
  private readonly taken = new Map<string, number>();

  constructor(
    groups: readonly (readonly CsvProfile[])[],
    /** The profile that a person named: the others are not tried. */
    private readonly named?: CsvProfile,
  ) {
    this.groups = (named ? [[named]] : groups).map((profiles) =>
      profiles.map((profile): Candidate => ({ profile, state: 'looking', rows: 0, dated: 0 })),
    );
  }

  /** A file's records depend on the delimiter: each profile sees those of its own. */
  get delimiters(): string[] {
    return [...new Set(this.groups.flat().map(({ profile }) => delimiterOf(profile)))];
  }

  /** One more record; returns whether the layout is known, whatever follows. */
  take(record: CsvRecord, delimiter: string): boolean {
    const before = this.before.get(delimiter) ?? [];
    const at = this.taken.get(delimiter) ?? 0;
    for (const candidate of this.groups.flat()) {
      if (candidate.state === 'fits not' || delimiterOf(candidate.profile) !== delimiter) continue;
      if (candidate.profile.headless) this.takeHeadless(candidate, record);
      else if (candidate.state === 'looking') takeHeader(candidate, record, before, at);
      else takeRow(candidate, record);
    }
    if (at < preambleRecordsMax) this.before.set(delimiter, [...before, record]);
    this.taken.set(delimiter, at + 1);
    return this.isSettled();
  }

  /** The layout, once all records were taken or `take` has answered true. `begins` is the first line, for a sentence. */
  layout(begins: string): Layout {
    for (const group of this.groups) {
      const fitting = group.filter(({ state }) => state === 'fits');
      if (fitting.length > 0) return best(fitting);
    }
    const { named } = this;
    if (named) {
      throw new Refusal(
        'PROFILE_MISMATCH',
        `The profile "${named.name}" expects the header ${quoted(named.header.join(','))} and the file begins with ${quoted(begins)}: choose another profile, or leave it out.`,
        1,
      );
    }
    const names = this.groups.flat().map(({ profile }) => profile.name);
    throw new Refusal(
      'LAYOUT_UNKNOWN',
      `The file begins with ${quoted(begins)}, which is no known layout: name the bank's with --profile, one of ${names.join(', ')}.`,
      1,
    );
  }

  private isSettled(): boolean {
    for (const group of this.groups) {
      const alive = group.filter(({ state }) => state !== 'fits not');
      if (alive.length === 0) continue;
      if (alive.some(({ state, profile }) => state === 'looking' || (profile.headless && !this.named))) return false;
      if (alive.length === 1) return true;
      // The only one that can still read every row: whichever fitted more rows in the end would be refused for these.
      return alive.filter(({ rows, dated }) => rows > 0 && dated === rows).length === 1;
    }
    return true;
  }

  private takeHeadless(candidate: Candidate, record: CsvRecord): void {
    const { profile } = candidate;
    const columns = candidate.layout?.columns ?? new Map(profile.header.map((name, place) => [name, place]));
    if (!this.named && !fitsRow(record, profile, columns)) {
      candidate.state = 'fits not';
      return;
    }
    candidate.state = 'fits';
    candidate.layout ??= {
      profile,
      columns,
      width: profile.header.length,
      preamble: [],
      skipped: 0,
      headerCurrency: null,
    };
    takeRow(candidate, record);
  }
}

/** The cells of a row without the empty one that a trailing comma makes. */
export function cellsOf(record: CsvRecord, profile: CsvProfile, width: number): readonly string[] {
  const { cells } = record;
  return profile.trailingComma && cells.length === width + 1 && cells[width]?.trim() === ''
    ? cells.slice(0, -1)
    : cells;
}

function delimiterOf({ delimiter = ',' }: CsvProfile): string {
  return delimiter;
}

function takeHeader(candidate: Candidate, record: CsvRecord, before: readonly CsvRecord[], at: number): void {
  const { profile } = candidate;
  const header = headerAt(record, profile);
  if (header) {
    candidate.state = 'fits';
    candidate.layout = { profile, ...header, preamble: before, skipped: at + 1 };
  } else if (at >= (profile.preamble ? preambleRecordsMax : 0)) candidate.state = 'fits not';
}

function takeRow(candidate: Candidate, { cells, line }: CsvRecord): void {
  const { profile, layout } = candidate;
  candidate.firstRow ??= line;
  candidate.rows += 1;
  const dated = profile.date.some((name) => looksLikeDate(cells[layout?.columns.get(name) ?? -1] ?? '', profile.dates));
  if (dated) candidate.dated += 1;
}

function headerAt(
  record: CsvRecord,
  profile: CsvProfile,
): Pick<Layout, 'columns' | 'width' | 'headerCurrency'> | undefined {
  const found = record.cells.map(oneSpaced);
  if (profile.trailingComma && found.at(-1) === '') found.pop();
  const columns = new Map<string, number>();
  let headerCurrency: string | null = null;
  const take = (name: string): boolean => {
    const match = headerPattern(name).exec(found[columns.size] ?? '');
    if (!match) return false;
    headerCurrency = match[1]?.toUpperCase() ?? headerCurrency;
    columns.set(name, columns.size);
    return true;
  };
  if (!profile.header.every(take)) return undefined;
  for (const name of profile.mayFollow ?? []) take(name);
  return columns.size === found.length ? { columns, width: found.length, headerCurrency } : undefined;
}

const patterns = new Map<string, RegExp>();

function headerPattern(name: string): RegExp {
  const known = patterns.get(name);
  if (known) return known;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('\\{currency\\}', '([A-Z]{3})');
  const pattern = new RegExp(`^${escaped}$`, 'i');
  patterns.set(name, pattern);
  return pattern;
}

function fitsRow(record: CsvRecord, profile: CsvProfile, columns: ReadonlyMap<string, number>): boolean {
  const cells = cellsOf(record, profile, columns.size);
  const cell = (name: string): string => cells[columns.get(name) ?? -1] ?? '';
  const { amount } = profile;
  const amounts = (amount.kind === 'outIn' ? [amount.out, amount.in] : [amount.column]).map(cell).filter(Boolean);
  return (
    cells.length === columns.size &&
    profile.date.some((name) => looksLikeDate(cell(name), profile.dates)) &&
    amounts.length > 0 &&
    amounts.every((text) => isAmount(text, profile))
  );
}

function isAmount(text: string, profile: CsvProfile): boolean {
  try {
    penceOfBankText(text, profile.money ?? {}, 'amount', 0);
    return true;
  } catch (error) {
    // An amount in fractions of a penny is still an amount: the file is that bank's, and is refused for the fraction.
    return error instanceof Refusal && error.code === 'AMOUNT_INEXACT';
  }
}

/** Of layouts with the same header, the one whose dates fit the most rows. */
function best(candidates: readonly Candidate[]): Layout {
  const top = Math.max(...candidates.map(({ dated }) => dated));
  const leaders = candidates.filter(({ dated, rows }) => dated === top || rows === 0);
  const [first] = leaders;
  const layout = first?.layout;
  if (first === undefined || layout === undefined) throw new RangeError('best needs a layout');
  if (leaders.length === 1 || first.rows === 0) return layout;
  throw new Refusal(
    'LAYOUT_UNCLEAR',
    `The file fits ${leaders.length} layouts equally well: name the bank's with --profile, one of ${leaders.map(({ profile }) => profile.name).join(', ')}.`,
    first.firstRow ?? null,
  );
}
