import { normalAccount, normalDescription, oneSpaced } from '../../core/bank-text.js';
import { csvAmount } from './csv-amount.js';
import { LayoutSearch, type Layout } from './csv-detection.js';
import type { CsvProfile } from '../../core/csv-profile.js';
import { CsvRecords, type CsvRecord } from './csv-records.js';
import { CsvRow } from './csv-row.js';
import { descriptionCharactersMax, statementsPerFileMax } from '../../core/limits.js';
import { Refusal, type ParsedLine } from '../../core/outcome.js';
import { csvProfiles } from './profiles.js';
import { RunningStatement, type LineSink } from '../../core/statement.js';
import type { Read, ReadOptions, TextFormat, TextSurvey } from '../../core/statement-format.js';

export const csvFormat: TextFormat = {
  takes: 'text',
  name: 'csv',
  parserVersion: 'csv/2',
  recognises: () => true,
  profileNames: (options) => profileGroups(options).flatMap((profiles) => profiles.map(({ name }) => name)),
  survey: (options) => new CsvSurvey(options),
};

/** Reads a table by the one profile of the groups that fits it, or by the one that a person named. */
export function readTable(
  records: readonly CsvRecord[],
  options: ReadOptions,
  groups: readonly (readonly CsvProfile[])[],
  sink: LineSink,
): Read {
  const search = new LayoutSearch(groups, namedBy(options, groups));
  for (const delimiter of search.delimiters) records.some((record) => search.take(record, delimiter));
  const reader = new TableReader(search.layout(oneSpaced(records[0]?.cells.join(',') ?? '')), sink);
  for (const record of records) reader.take(record);
  return reader.end();
}

/** One's own profiles come before the banks', and one of the same name takes its place. */
export function profileGroups({ profiles: own = [] }: ReadOptions): (readonly CsvProfile[])[] {
  const names = new Set(own.map(({ name }) => name));
  return [own, csvProfiles.filter(({ name }) => !names.has(name))];
}

function namedBy({ profile }: ReadOptions, groups: readonly (readonly CsvProfile[])[]): CsvProfile | undefined {
  return groups.flat().find(({ name }) => name === profile);
}

const beginsCharactersMax = 200;

/** Finds the layout: as a rule within the first records of the file, else in all of them. */
class CsvSurvey implements TextSurvey {
  private readonly search: LayoutSearch;
  private readonly tables: CsvRecords[];
  private begins = '';
  private settled = false;

  constructor(options: ReadOptions) {
    const groups = profileGroups(options);
    this.search = new LayoutSearch(groups, namedBy(options, groups));
    this.tables = this.search.delimiters.map(
      (delimiter) => new CsvRecords(delimiter, (record) => (this.settled = this.search.take(record, delimiter))),
    );
  }

  take(text: string): boolean {
    // Enough of the first line for a sentence, in however small pieces it comes.
    if (this.begins.length < beginsCharactersMax)
      this.begins = (this.begins + text.slice(0, beginsCharactersMax)).trimStart();
    for (const table of this.tables) if (!this.settled) table.take(text);
    return this.settled;
  }

  end(): (sink: LineSink) => CsvReader {
    for (const table of this.tables) if (!this.settled) table.end();
    const layout = this.search.layout(oneSpaced(this.begins.split(/\r\n|\r|\n/, 1)[0] ?? ''));
    return (sink) => new CsvReader(layout, sink);
  }
}

class CsvReader {
  private readonly table: TableReader;
  private readonly records: CsvRecords;

  constructor(layout: Layout, sink: LineSink) {
    this.table = new TableReader(layout, sink);
    this.records = new CsvRecords(layout.profile.delimiter ?? ',', (record) => this.table.take(record));
  }

  take(text: string): void {
    this.records.take(text);
  }

  end(): Read {
    this.records.end();
    return this.table.end();
  }
}

/** One statement for each account and currency, in the order in which the file first names them. */
class TableReader {
  private readonly statements = new Map<string, RunningStatement>();
  private readonly row: CsvRow;
  private readonly preambleAccount: string | null;
  private skipped = 0;
  private last: { account: string; currency: string | null; statement: RunningStatement } | undefined;

  constructor(
    private readonly layout: Layout,
    private readonly sink: LineSink,
  ) {
    this.row = new CsvRow(layout);
    this.preambleAccount = preambleAccount(layout);
  }

  take(record: CsvRecord): void {
    if (this.skipped < this.layout.skipped) {
      this.skipped += 1;
      return;
    }
    const { footer } = this.layout.profile;
    if (footer?.some((label) => record.cells[0]?.trim().startsWith(label))) return;
    const { row } = this;
    row.lay(record);
    const statement = this.statementFor(row);
    const note = row.note();
    if (note === 'opening') statement.statedOpening = row.balance();
    if (note === undefined) statement.add(lineOf(row));
  }

  end(): Read {
    const { profile, headerCurrency } = this.layout;
    const none = () =>
      new RunningStatement(this.sink, this.preambleAccount, headerCurrency ?? profile.currency, profile.order);
    const statements = this.statements.size > 0 ? [...this.statements.values()] : [none()];
    return { profile: profile.name, statements };
  }

  private statementFor(row: CsvRow): RunningStatement {
    const { profile } = this.layout;
    const written = profile.account ? row.joined(profile.account) : '';
    const currency = row.currency();
    if (this.last?.account === written && this.last.currency === currency) return this.last.statement;
    const account = profile.account ? normalAccount(written) : this.preambleAccount;
    const key = JSON.stringify([account, currency]);
    const statement = this.statements.get(key) ?? new RunningStatement(this.sink, account, currency, profile.order);
    this.statements.set(key, statement);
    if (this.statements.size > statementsPerFileMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file holds more than ${statementsPerFileMax} accounts: upload one account at a time.`,
        row.line,
      );
    }
    this.last = { account: written, currency, statement };
    return statement;
  }
}

function preambleAccount({ profile, preamble }: Layout): string | null {
  const label = profile.preamble?.account;
  const record = preamble.find(({ cells }) => label !== undefined && cells[0]?.trim() === label);
  return normalAccount(record?.cells[1] ?? '');
}

function lineOf(row: CsvRow): ParsedLine {
  const { profile } = row.layout;
  const description = row.joined(profile.description);
  if (description.length > descriptionCharactersMax) {
    throw new Refusal(
      'TOO_LONG',
      `Line ${row.line}: the description has ${description.length} characters, more than the ${descriptionCharactersMax} that are kept.`,
      row.line,
    );
  }
  const originalCurrency = profile.original === undefined ? null : row.optional(profile.original.currency);
  const abroad = originalCurrency !== null && originalCurrency !== row.currency();
  return {
    date: row.date(),
    amountPence: csvAmount(row),
    description,
    normalisedDescription: normalDescription(description),
    bankId: row.optional(profile.bankId),
    balancePence: row.balance(),
    raw: row.raw,
    sourceLine: row.line,
    kind: row.optional(profile.kind),
    mcc: row.optional(profile.mcc),
    status: row.status(),
    originalAmount: abroad ? row.optional(profile.original?.amount) : null,
    originalCurrency: abroad ? originalCurrency : null,
  };
}
