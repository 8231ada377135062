import type { CalendarDate, Money } from '@ringfence/kernel';
import { normalDescription, quoted } from '../../core/bank-text.js';
import { statementsPerFileMax } from '../../core/limits.js';
import { child, childrenNamed, descendants, OfxElements, type OfxElement } from './ofx-elements.js';
import { ofxAccount, ofxAmount, ofxDate, ofxDescription } from './ofx-values.js';
import { Refusal, type LineStatus, type ParsedLine } from '../../core/outcome.js';
import { RepeatedIds } from '../../core/repeated-ids.js';
import { RunningStatement, type LineSink } from '../../core/statement.js';
import { noSurvey, type Read, type TextFormat, type TextReader } from '../../core/statement-format.js';

/** OFX 1 (SGML) and 2 (XML), and its sibling QFX: current, savings and card accounts, several in one file. */
export const ofxFormat: TextFormat = {
  takes: 'text',
  name: 'ofx',
  parserVersion: 'ofx/2',
  recognises: (text) =>
    /^\s*OFXHEADER\s*:/i.test(text) || /^\s*<[^]{0,4000}?<(?:\?|!DOCTYPE )?OFX[\s>]|^\s*<OFX>/i.test(text),
  profileNames: () => [],
  survey: () => noSurvey((sink) => new OfxReader(sink)),
};

const statementNames = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS']);

/** Statements in the order of the file; behind each, one more for each other currency that its lines are in. */
class OfxReader implements TextReader {
  private readonly elements = new OfxElements({
    given: new Set(['STMTTRN', 'STMTTRNP']),
    give: (element, raw, open) => this.takeLine(element, raw, open),
    opened: (element, open) => this.begin(element, open),
    closed: (element, open) => this.close(element, open),
  });
  private readonly statements: RunningStatement[] = [];
  private account: OfxAccount | undefined;
  private accounts = 0;

  constructor(private readonly sink: LineSink) {}

  take(text: string): void {
    this.elements.take(text);
  }

  end(): Read {
    const elements = this.elements.end();
    if (descendants(elements, ['OFX']).length === 0) {
      throw new Refusal(
        'FILE_TRUNCATED',
        'The file has the header of an OFX file and no <OFX> behind it, so it was cut short: download it again.',
      );
    }
    refuseBankErrors(elements);
    return { profile: null, statements: this.statements };
  }

  private begin(element: OfxElement, open: readonly OfxElement[]): void {
    if (!statementNames.has(element.name) || open.some(({ name }) => statementNames.has(name))) return;
    this.accounts += 1;
    if (this.accounts > statementsPerFileMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file holds more than ${statementsPerFileMax} accounts: download one account at a time.`,
        element.line,
      );
    }
    this.account = new OfxAccount(element, this.sink);
  }

  private takeLine(element: OfxElement, raw: string, open: readonly OfxElement[]): void {
    // Where CURDEF stands, as the specification has it, it stands before the transactions.
    const statement = open.find(({ name }) => statementNames.has(name));
    if (statement)
      this.account?.take(lineOf(element, raw, element.name === 'STMTTRN' ? 'posted' : 'pending'), statement);
  }

  private close(element: OfxElement, open: readonly OfxElement[]): void {
    if (!statementNames.has(element.name) || open.some(({ name }) => statementNames.has(name))) return;
    const account = this.account?.element === element ? this.account : new OfxAccount(element, this.sink);
    this.statements.push(...account.end());
    element.children.splice(0);
    this.account = undefined;
  }
}

/** The statement of one account, and one more for each other currency that its transactions are in: never netted. */
class OfxAccount {
  private readonly main: RunningStatement;
  private readonly others = new Map<string, RunningStatement>();
  private readonly ids = new RepeatedIds();

  constructor(
    readonly element: OfxElement,
    private readonly sink: LineSink,
  ) {
    this.main = new RunningStatement(sink, null, null, 'oldestFirst', true);
  }

  take({ line, currency, correction }: OfxLine, element: OfxElement): void {
    this.main.currency ??= valueOf(element, 'CURDEF')?.toUpperCase() ?? currency;
    const statement = currency === null || currency === this.main.currency ? this.main : this.other(currency);
    statement.add(line);
    if (correction !== undefined) {
      statement.warn({
        code: 'BANK_CORRECTION',
        message: `Line ${line.sourceLine}: the bank marks this as a correction of its line ${quoted(correction)}, which may have been imported before.`,
        line: line.sourceLine,
      });
    }
    if (statement === this.main) this.ids.look(line, statement);
  }

  end(): RunningStatement[] {
    const { element, main } = this;
    const stated = valueOf(element, 'CURDEF')?.toUpperCase() ?? null;
    if (main.currency !== null && stated !== null && stated !== main.currency) {
      throw new Refusal(
        'FILE_MALFORMED',
        `Line ${element.line}: the currency (CURDEF) stands behind transactions in another: download the file again without editing it.`,
        element.line,
      );
    }
    main.currency ??= stated;
    const account = ofxAccount(element);
    const all = [main, ...this.others.values()];
    for (const statement of all) statement.account = account;
    addBalances(main, element);
    if (element.name === 'INVSTMTRS') {
      main.warnings.push({
        code: 'INVESTMENTS_NOT_READ',
        message: `Line ${element.line}: this is an investment account, of which only the money in and out is read, not the investments.`,
        line: element.line,
      });
    }
    return all;
  }

  private other(currency: string): RunningStatement {
    const known = this.others.get(currency) ?? new RunningStatement(this.sink, null, currency, 'oldestFirst', true);
    this.others.set(currency, known);
    return known;
  }
}

/** The bank's own word that it could not answer: a sign-on refused, a statement not found. */
function refuseBankErrors(elements: readonly OfxElement[]): void {
  for (const status of descendants(elements, ['STATUS'])) {
    const code = child(status, 'CODE')?.value ?? '0';
    const severity = child(status, 'SEVERITY')?.value.toUpperCase() ?? '';
    if (severity !== 'ERROR') continue;
    const message = child(status, 'MESSAGE')?.value ?? '';
    throw new Refusal(
      'BANK_REPORTED_ERROR',
      `Line ${status.line}: the bank answered with error ${/^\w{1,20}$/.test(code) ? code : quoted(code)}${message === '' ? '' : `, ${quoted(message)}`}, instead of a statement: download it again.`,
      status.line,
    );
  }
}

interface OfxLine {
  readonly line: ParsedLine;
  /** From CURRENCY, in which the amount is; null where it is the account's. */
  readonly currency: string | null;
  readonly correction: string | undefined;
}

function lineOf(element: OfxElement, raw: string, status: LineStatus): OfxLine {
  const description = ofxDescription(element);
  const original = child(element, 'ORIGCURRENCY');
  return {
    currency: valueOf(child(element, 'CURRENCY'), 'CURSYM')?.toUpperCase() ?? null,
    correction: valueOf(element, 'CORRECTFITID') ?? undefined,
    line: {
      date: ofxDate(element, status === 'pending' ? ['DTPOSTED', 'DTTRAN'] : ['DTPOSTED']),
      amountPence: ofxAmount(element, 'TRNAMT'),
      description,
      normalisedDescription: normalDescription(description),
      bankId: valueOf(element, 'FITID'),
      balancePence: null,
      raw,
      sourceLine: element.line,
      kind: valueOf(element, 'TRNTYPE'),
      mcc: valueOf(element, 'SIC'),
      status,
      originalAmount: null,
      originalCurrency: valueOf(original, 'CURSYM'),
    },
  };
}

/**
 * LEDGERBAL is the closing balance. OFX states no opening balance; where the ledger balance was struck on the day on
 * which the list of transactions ends, the opening one is what remains when the list is taken away from it.
 */
function addBalances(statement: RunningStatement, element: OfxElement): void {
  const ledger = child(element, 'LEDGERBAL');
  if (ledger === undefined || valueOf(ledger, 'BALAMT') === null) {
    if (ledger) {
      statement.warnings.push({
        code: 'BALANCE_MISSING',
        message: `Line ${ledger.line}: the ledger balance is empty, so the statement cannot be checked against it.`,
        line: ledger.line,
      });
    }
    return;
  }
  const closing: Money = ofxAmount(ledger, 'BALAMT');
  statement.statedClosing = closing;
  const struck = dayOf(ledger, 'DTASOF');
  const ends = childrenNamed(element, 'BANKTRANLIST').map((list) => dayOf(list, 'DTEND'));
  if (struck !== null && ends.length > 0 && ends.every((end) => end === struck)) {
    statement.statedOpening = closing - statement.moved;
  }
}

function dayOf(element: OfxElement, name: string): CalendarDate | null {
  return valueOf(element, name) === null ? null : ofxDate(element, [name]);
}

function valueOf(element: OfxElement | undefined, name: string): string | null {
  return (element && child(element, name)?.value) || null;
}
