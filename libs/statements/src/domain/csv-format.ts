import { normalAccount, normalDescription } from './bank-text.js';
import { csvAmount } from './csv-amount.js';
import { csvTable, layoutBy, layoutOf, type Layout, type Table } from './csv-detection.js';
import type { CsvProfile } from './csv-profile.js';
import { CsvRow } from './csv-row.js';
import { descriptionCharactersMax, statementsPerFileMax } from './limits.js';
import { Refusal, type ParsedLine } from './outcome.js';
import { csvProfiles } from './profiles.js';
import { newDraft, statementOf, type Draft } from './statement.js';
import type { Read, ReadOptions, TextFormat } from './statement-format.js';

export const csvFormat: TextFormat = {
  takes: 'text',
  name: 'csv',
  parserVersion: 'csv/1',
  recognises: () => true,
  profileNames: (options) => profileGroups(options).flatMap((profiles) => profiles.map(({ name }) => name)),
  read: (text, options) => readTable(csvTable(text), options, profileGroups(options)),
};

/** Reads a table by the one profile of the groups that fits it, or by the one that a person named. */
export function readTable(table: Table, options: ReadOptions, groups: readonly (readonly CsvProfile[])[]): Read {
  const named = groups.flat().find(({ name }) => name === options.profile);
  const layout = named ? layoutBy(table, named) : layoutOf(table, groups);
  const drafts = draftsOf(layout);
  return { profile: layout.profile.name, statements: drafts.map((draft) => statementOf(draft)) };
}

/** One's own profiles come before the banks', and one of the same name takes its place. */
export function profileGroups({ profiles: own = [] }: ReadOptions): (readonly CsvProfile[])[] {
  const names = new Set(own.map(({ name }) => name));
  return [own, csvProfiles.filter(({ name }) => !names.has(name))];
}

/** One draft for each account and currency, in the order in which the file first names them. */
function draftsOf(layout: Layout): Draft[] {
  const { profile } = layout;
  const drafts = new Map<string, Draft>();
  for (const record of layout.rows) {
    if (profile.footer?.some((label) => record.cells[0]?.trim().startsWith(label))) continue;
    const row = new CsvRow(record, layout);
    const draft = draftFor(drafts, row, layout);
    const note = row.note();
    if (note === 'opening') draft.statedOpening = row.balance();
    if (note !== undefined) continue;
    const line = lineOf(row);
    (line.status === 'posted' ? draft.lines : draft.notPosted).push(line);
  }
  if (drafts.size > 0) return [...drafts.values()];
  return [newDraft(preambleAccount(layout), layout.headerCurrency ?? profile.currency, profile.order)];
}

function draftFor(drafts: Map<string, Draft>, row: CsvRow, layout: Layout): Draft {
  const account = layout.profile.account ? normalAccount(row.joined(layout.profile.account)) : preambleAccount(layout);
  const currency = row.currency();
  const key = JSON.stringify([account, currency]);
  const draft = drafts.get(key) ?? newDraft(account, currency, layout.profile.order);
  drafts.set(key, draft);
  if (drafts.size > statementsPerFileMax) {
    throw new Refusal(
      'TOO_MANY_LINES',
      `The file holds more than ${statementsPerFileMax} accounts: upload one account at a time.`,
      row.line,
    );
  }
  return draft;
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
  const currency = row.currency();
  const originalCurrency = row.optional(profile.original?.currency);
  const abroad = originalCurrency !== null && originalCurrency !== currency;
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
