import { camtAmount } from './camt-amount.js';
import { readCamtEntry } from './camt-entry.js';
import { CamtSlices } from './camt-slices.js';
import { normalAccount, quoted } from '../../core/bank-text.js';
import { decodeText } from '../../core/encoding.js';
import { beginningCharactersMax, statementsPerFileMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';
import { RepeatedIds } from '../../core/repeated-ids.js';
import { RunningStatement, type LineSink } from '../../core/statement.js';
import {
  noSurvey,
  type BytesFormat,
  type Read,
  type TextFormat,
  type TextReader,
} from '../../core/statement-format.js';
import { allAt, at, textAt, xmlRoot, type XmlElement } from '../../core/xml.js';
import { isSpreadsheet, isZip, zipEntries } from '../../core/zip.js';

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
  parserVersion: 'camt/2',
  recognises: (text) => /^\s*<[^]{0,4000}?<(?:[\w.-]+:)?BkToCstmr(?:AcctRpt|Stmt|DbtCdtNtfctn)/.test(text),
  profileNames: () => [],
  survey: () => noSurvey((sink) => new CamtReader(sink, null)),
};

/** Statements of many days come as an archive of camt files. */
export const zippedCamtFormat: BytesFormat = {
  takes: 'bytes',
  name: 'camt',
  parserVersion: camtFormat.parserVersion,
  recognises: (bytes) => isZip(bytes) && !isSpreadsheet(bytes),
  profileNames: () => [],
  read(bytes, _options, sink) {
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
        const reader = new CamtReader(sink, entry.name);
        reader.take(text);
        return reader.end().statements;
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

/** Entries are read one by one as they come; what stands around them is read when all of it is there. */
class CamtReader implements TextReader {
  private readonly slices: CamtSlices;
  private readonly waiting: { readonly text: string; readonly line: number; readonly order: number }[] = [];
  /** By the order of the statements in the file: one for each currency that entries are in, never netted. */
  private readonly found: Map<string | null, RunningStatement>[] = [];

  constructor(
    private readonly sink: LineSink,
    private readonly within: string | null,
  ) {
    this.slices = new CamtSlices({
      isStatement: (message, name) => messages.some((known) => known.root.test(message) && known.statement === name),
      entry: (text, line, statement) => this.takeEntry(text, line, statement),
    });
  }

  take(text: string): void {
    this.inOrder(() => this.slices.take(text));
    this.readWaiting();
  }

  end(): Read {
    const { root, lineAt } = this.inOrder(() => this.slices.end(() => this.readWaiting()));
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
    return { profile: null, statements: elements.flatMap((element, order) => this.finish(element, order, lineAt)) };
  }

  /** A fault in an entry that waits to be read comes before one that was found behind it, however the file arrived. */
  private inOrder<T>(look: () => T): T {
    try {
      return look();
    } catch (error) {
      this.readWaiting();
      throw error;
    }
  }

  private takeEntry(text: string, line: number, order: number): void {
    this.waiting.push({ text, line, order });
    if (this.waiting.length >= entriesAtOnce) this.readWaiting();
  }

  /** Together, because the parser takes longer to begin than to read an entry; one by one where something is wrong. */
  private readWaiting(): void {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return;
    const together = parsedTogether(waiting.map(({ text }) => text));
    for (const [at, { text, line, order }] of waiting.entries()) {
      this.addEntry(together?.[at] ?? xmlRoot(text, line), text, line, order);
    }
  }

  private addEntry(entry: XmlElement, text: string, line: number, order: number): void {
    const { line: read, currency } = readCamtEntry(entry, { line, raw: text, within: this.within });
    const statements = (this.found[order] ??= new Map());
    const statement = statements.get(currency) ?? this.statement(currency);
    statements.set(currency, statement);
    statement.add(read);
    this.idsOf(statement).look(read, statement);
  }

  private finish(element: XmlElement, order: number, lineAt: (offset: number) => number): RunningStatement[] {
    const account = accountOf(element);
    const balances = allAt(element, 'Bal').flatMap((balance) => ledgerBalance(balance, lineAt(balance.start)));
    const statements = this.found[order] ?? new Map<string | null, RunningStatement>();
    const currency =
      textAt(element, 'Acct', 'Ccy') ??
      balances.find(({ kind }) => kind === 'opening')?.currency ??
      balances[0]?.currency ??
      statements.keys().next().value ??
      null;
    const main = statements.get(currency) ?? this.statement(currency);
    const all = [main, ...[...statements.values()].filter((statement) => statement !== main)];
    for (const statement of all) statement.account = account;
    addBalances(main, balances);
    return all;
  }

  private statement(currency: string | null): RunningStatement {
    return new RunningStatement(this.sink, null, currency, 'oldestFirst', true);
  }

  private readonly ids = new WeakMap<RunningStatement, RepeatedIds>();

  private idsOf(statement: RunningStatement): RepeatedIds {
    const ids = this.ids.get(statement) ?? new RepeatedIds();
    this.ids.set(statement, ids);
    return ids;
  }
}

const entriesAtOnce = 64;

function parsedTogether(entries: readonly string[]): readonly XmlElement[] | undefined {
  try {
    const { children } = xmlRoot(`<Entries>${entries.join('')}</Entries>`);
    return children.length === entries.length ? children : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
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
function addBalances(statement: RunningStatement, balances: readonly Balance[]): void {
  const own = balances.filter(({ currency }) => currency === statement.currency);
  const openings = own.filter(({ kind }) => kind === 'opening');
  const opening = openings.find(({ code }) => code === 'OPBD') ?? openings[0];
  const closing = own.filter(({ kind }) => kind === 'closing').at(-1);
  statement.statedOpening = opening?.amountPence ?? null;
  statement.statedClosing = closing?.amountPence ?? null;
  for (const { kind, currency, amountPence, line } of balances) {
    if (currency === statement.currency) continue;
    statement.otherBalances.push({ kind, currency, amountPence });
    statement.warnings.push({
      code: 'BALANCE_OTHER_CURRENCY',
      message: `Line ${line}: the ${kind} balance is in ${currency} and the statement in ${statement.currency ?? 'no currency'}, so the lines cannot be checked against it.`,
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
