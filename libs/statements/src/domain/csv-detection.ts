import { looksLikeDate } from './bank-dates.js';
import { oneSpaced, penceOfBankText, quoted } from './bank-text.js';
import type { CsvProfile } from './csv-profile.js';
import { csvRecords, type CsvRecord } from './csv-records.js';
import { preambleRecordsMax } from './limits.js';
import { Refusal } from './outcome.js';

/** A file laid over a profile: which cell of a row is which column. */
export interface Layout {
  readonly profile: CsvProfile;
  readonly columns: ReadonlyMap<string, number>;
  readonly width: number;
  readonly preamble: readonly CsvRecord[];
  readonly rows: readonly CsvRecord[];
  /** From a header such as `Amount (GBP)`. */
  readonly headerCurrency: string | null;
}

/** A file as records: a text of CSV, whose records depend on the delimiter, or the rows of a sheet. */
export interface Table {
  /** The first line, for a sentence. */
  readonly begins: string;
  records(delimiter: string): readonly CsvRecord[];
}

export function csvTable(text: string): Table {
  const known = new Map<string, CsvRecord[]>();
  return {
    begins: oneSpaced(text.trimStart().split(/\r\n|\r|\n/, 1)[0] ?? ''),
    records(delimiter) {
      const records = known.get(delimiter) ?? csvRecords(text, delimiter);
      known.set(delimiter, records);
      return records;
    },
  };
}

/**
 * The one layout that fits the file. Groups are tried in order and the first in which something fits decides. Throws
 * a refusal when nothing fits, or when two layouts fit equally well: a guess could swap days and months.
 */
export function layoutOf(table: Table, groups: readonly (readonly CsvProfile[])[]): Layout {
  for (const profiles of groups) {
    const layouts = profiles.flatMap((profile) => {
      const records = table.records(profile.delimiter ?? ',');
      return (profile.headless ? headless(profile, records, fitsRow) : headed(profile, records)) ?? [];
    });
    if (layouts.length > 0) return best(layouts);
  }
  const profiles = groups.flat();
  throw new Refusal(
    'LAYOUT_UNKNOWN',
    `The file begins with ${quoted(table.begins)}, which is no known layout: name the bank's with --profile, one of ${profiles.map(({ name }) => name).join(', ')}.`,
    1,
  );
}

/** Lays the file over the profile that a person named, or says why it does not fit. */
export function layoutBy(table: Table, profile: CsvProfile): Layout {
  const records = table.records(profile.delimiter ?? ',');
  const layout = profile.headless ? headless(profile, records, () => true) : headed(profile, records);
  if (layout) return layout;
  throw new Refusal(
    'PROFILE_MISMATCH',
    `The profile "${profile.name}" expects the header ${quoted(profile.header.join(','))} and the file begins with ${quoted(table.begins)}: choose another profile, or leave it out.`,
    1,
  );
}

/** The cells of a row without the empty one that a trailing comma makes. */
export function cellsOf(record: CsvRecord, profile: CsvProfile, width: number): readonly string[] {
  const { cells } = record;
  return profile.trailingComma && cells.length === width + 1 && cells[width]?.trim() === ''
    ? cells.slice(0, -1)
    : cells;
}

function headed(profile: CsvProfile, records: readonly CsvRecord[]): Layout | undefined {
  const last = profile.preamble ? preambleRecordsMax : 0;
  for (let at = 0; at <= last && at < records.length; at += 1) {
    const header = headerAt(records[at] as CsvRecord, profile);
    if (header) return { profile, ...header, preamble: records.slice(0, at), rows: records.slice(at + 1) };
  }
  return undefined;
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

function headless(
  profile: CsvProfile,
  rows: readonly CsvRecord[],
  fits: (record: CsvRecord, profile: CsvProfile, columns: ReadonlyMap<string, number>) => boolean,
): Layout | undefined {
  const columns = new Map(profile.header.map((name, at) => [name, at]));
  if (rows.length === 0 || !rows.every((row) => fits(row, profile, columns))) return undefined;
  return { profile, columns, width: profile.header.length, preamble: [], rows, headerCurrency: null };
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
function best(layouts: readonly Layout[]): Layout {
  const [first, ...others] = layouts;
  if (first === undefined) throw new RangeError('best needs a layout');
  if (others.length === 0 || first.rows.length === 0) return first;
  const scored = layouts.map((layout) => ({ layout, score: datesThatFit(layout) }));
  const top = Math.max(...scored.map(({ score }) => score));
  const leaders = scored.filter(({ score }) => score === top);
  if (leaders.length === 1 && leaders[0]) return leaders[0].layout;
  throw new Refusal(
    'LAYOUT_DOUBTFUL',
    `The file fits ${leaders.length} layouts equally well: name the bank's with --profile, one of ${leaders.map(({ layout }) => layout.profile.name).join(', ')}.`,
    first.rows[0]?.line ?? null,
  );
}

function datesThatFit({ profile, columns, rows }: Layout): number {
  const places = profile.date.map((name) => columns.get(name) ?? -1);
  return rows.filter(({ cells }) => places.some((at) => looksLikeDate(cells[at] ?? '', profile.dates))).length;
}
