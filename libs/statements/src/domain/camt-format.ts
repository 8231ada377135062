import { camtAmount } from './camt-amount.js';
import { readCamtEntry } from './camt-entry.js';
import { normalAccount, quoted } from './bank-text.js';
import { decodeText } from './encoding.js';
import { beginningCharactersMax, statementLinesMax, statementsPerFileMax } from './limits.js';
import { Refusal, type ParsedLine, type ParsedStatement } from './outcome.js';
import { newDraft, statementOf, type Draft } from './statement.js';
import type { BytesFormat, TextFormat } from './statement-format.js';
import { lineFinder } from './text-lines.js';
import { allAt, at, textAt, xmlRoot, type XmlElement } from './xml.js';
import { isSpreadsheet, isZip, zipEntries } from './zip.js';

/** Root names of the messages; those of version 1 carry their version. */
const messages: readonly { readonly root: RegExp; readonly statement: string }[] = [
  { root: /^BkToCstmrAcctRpt(?:V01)?$/, statement: 'Rpt' },
  { root: /^BkToCstmrStmt(?:V01)?$/, statement: 'Stmt' },
  { root: /^BkToCstmrDbtCdtNtfctn(?:V01)?$/, statement: 'Ntfctn' },
];

/** ISO 20022 camt.052 (during the day), .053 (statement) and .054 (debits and credits), in all versions. */
export const camtFormat: TextFormat = {
  takes: 'text',
  name: 'camt',
  parserVersion: 'camt/1',
  recognises: (text) => /^\s*<[^]{0,4000}?<(?:[\w.-]+:)?BkToCstmr(?:AcctRpt|Stmt|DbtCdtNtfctn)/.test(text),
  profileNames: () => [],
  read: (text) => ({ profile: null, statements: camtStatements(text, null) }),
};

/** Statements of many days come as an archive of camt files. */
export const zippedCamtFormat: BytesFormat = {
  takes: 'bytes',
  name: 'camt',
  parserVersion: camtFormat.parserVersion,
  recognises: (bytes) => isZip(bytes) && !isSpreadsheet(bytes),
  profileNames: () => [],
  read(bytes) {
    const entries = zipEntries(bytes).filter(({ name }) => !/(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store)/.test(name));
    const statements = entries.flatMap((entry) => {
      try {
        const text = decodeText(entry.bytes());
        if (!camtFormat.recognises(text.trimStart().slice(0, beginningCharactersMax))) {
          throw new Refusal(
            'FORMAT_UNKNOWN',
            'only camt files are read from an archive: unpack it and upload the file.',
          );
        }
        return camtStatements(text, entry.name);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new Refusal(error.code, `In ${quoted(entry.name)}: ${error.message}`, error.line);
      }
    });
    if (entries.length === 0) {
      throw new Refusal('FILE_EMPTY', 'The archive holds no file: download the statement again.');
    }
    return { profile: null, statements };
  },
};

function camtStatements(text: string, within: string | null): ParsedStatement[] {
  // The parser counts offsets with one character for every line end.
  const plain = text.replace(/\r\n?/g, '\n');
  const root = xmlRoot(plain);
  const message = root.children.flatMap((child) => {
    const known = messages.find(({ root: name }) => name.test(child.name));
    return known ? [{ element: child, statement: known.statement }] : [];
  })[0];
  if (root.name !== 'Document' || message === undefined) {
    throw new Refusal(
      'FORMAT_UNKNOWN',
      `The file has the element ${quoted(root.name)} where a camt Document is expected.`,
    );
  }
  const elements = allAt(message.element, message.statement);
  if (elements.length === 0) {
    throw new Refusal(
      'FILE_MALFORMED',
      `The file has no ${message.statement} in ${message.element.name}, so it holds no statement: download it again.`,
    );
  }
  if (elements.length > statementsPerFileMax) {
    throw new Refusal(
      'TOO_MANY_LINES',
      `The file holds ${elements.length} statements, more than the ${statementsPerFileMax} that a file may have: download a shorter period.`,
    );
  }
  const lineAt = lineFinder(plain);
  return elements.flatMap((element) => statementsOf(element, { text: plain, lineAt, within }));
}

interface Source {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
  readonly within: string | null;
}

/** A statement, and one more for each other currency that its entries are in: never netted. */
function statementsOf(element: XmlElement, source: Source): ParsedStatement[] {
  const account = accountOf(element);
  const balances = allAt(element, 'Bal').flatMap((balance) => ledgerBalance(balance, source.lineAt(balance.start)));
  const entries = allAt(element, 'Ntry');
  if (entries.length > statementLinesMax) {
    throw new Refusal(
      'TOO_MANY_LINES',
      `The file has ${entries.length} entries in one statement, more than the ${statementLinesMax} that a statement may have: download a shorter period.`,
    );
  }
  const read = entries.map((entry) => {
    const line = source.lineAt(entry.start);
    return readCamtEntry(entry, { line, raw: source.text.slice(entry.start, entry.end), within: source.within });
  });
  const currency =
    textAt(element, 'Acct', 'Ccy') ??
    balances.find(({ kind }) => kind === 'opening')?.currency ??
    balances[0]?.currency ??
    read[0]?.currency ??
    null;
  const drafts = new Map<string | null, Draft>([[currency, newDraft(account, currency, 'oldestFirst')]]);
  for (const { line, currency: its } of read) {
    const draft = drafts.get(its) ?? newDraft(account, its, 'oldestFirst');
    drafts.set(its, draft);
    (line.status === 'posted' ? draft.lines : draft.notPosted).push(line);
  }
  const main = drafts.get(currency) as Draft;
  addBalances(main, balances);
  for (const draft of drafts.values()) warnOfRepeatedIds(draft);
  return [...drafts.values()].map((draft) => statementOf(draft));
}

interface Balance {
  readonly kind: 'opening' | 'closing';
  readonly code: string;
  readonly currency: string;
  readonly amountPence: bigint;
  readonly line: number;
}

/** Booked balances only: opening (OPBD, or PRCD, the closing one of the day before) and closing (CLBD). */
function ledgerBalance(element: XmlElement, line: number): Balance[] {
  const code = textAt(element, 'Tp', 'CdOrPrtry', 'Cd') ?? textAt(element, 'Tp', 'Cd') ?? '';
  const kind = code === 'OPBD' || code === 'PRCD' ? 'opening' : code === 'CLBD' ? 'closing' : undefined;
  if (kind === undefined) return [];
  const { amountPence, currency } = camtAmount(element, line);
  return [{ kind, code, currency, amountPence, line }];
}

/** Where a file of several pages states interim balances, the first opening and the last closing one count. */
function addBalances(draft: Draft, balances: readonly Balance[]): void {
  const own = balances.filter(({ currency }) => currency === draft.currency);
  const openings = own.filter(({ kind }) => kind === 'opening');
  const opening = openings.find(({ code }) => code === 'OPBD') ?? openings[0];
  const closing = own.filter(({ kind }) => kind === 'closing').at(-1);
  draft.statedOpening = opening?.amountPence ?? null;
  draft.statedClosing = closing?.amountPence ?? null;
  for (const { kind, currency, amountPence, line } of balances) {
    if (currency === draft.currency) continue;
    draft.otherBalances.push({ kind, currency, amountPence });
    draft.warnings.push({
      code: 'BALANCE_OTHER_CURRENCY',
      message: `Line ${line}: the ${kind} balance is in ${currency} and the statement in ${draft.currency ?? 'no currency'}, so the lines cannot be checked against it.`,
      line,
    });
  }
}

/** Sort code and number of a British IBAN, else the IBAN or number that the file gives. */
function accountOf(element: XmlElement): string | null {
  const id = at(element, 'Acct', 'Id');
  const iban = (textAt(id, 'IBAN') ?? '').replace(/\s/g, '');
  const other = textAt(id, 'Othr', 'Id') ?? textAt(id, 'PrtryAcct', 'Id') ?? textAt(id, 'BBAN') ?? '';
  return normalAccount(/^GB\d\d[A-Z]{4}\d{14}$/.exec(iban)?.[0].slice(8) ?? (iban || other));
}

function warnOfRepeatedIds(draft: Draft): void {
  const seen = new Set<string>();
  for (const { bankId, sourceLine } of draft.lines as readonly ParsedLine[]) {
    if (bankId === null) continue;
    if (seen.has(bankId)) {
      draft.warnings.push({
        code: 'BANK_ID_REPEATED',
        message: `Line ${sourceLine}: the bank gives the id ${quoted(bankId)} to more than one line of this statement.`,
        line: sourceLine,
      });
    }
    seen.add(bankId);
  }
}
