import type { CalendarDate, Money } from '@ringfence/kernel';
import { normalDescription, quoted } from './bank-text.js';
import { statementLinesMax, statementsPerFileMax } from './limits.js';
import { child, childrenNamed, descendants, ofxElements, type OfxElement } from './ofx-elements.js';
import { ofxAccount, ofxAmount, ofxDate, ofxDescription } from './ofx-values.js';
import { Refusal, type LineStatus, type ParsedLine, type ParsedStatement } from './outcome.js';
import type { TextFormat } from './statement-format.js';
import { newDraft, statementOf, type Draft } from './statement.js';

/** OFX 1 (SGML) and 2 (XML), and its sibling QFX: current, savings and card accounts, several in one file. */
export const ofxFormat: TextFormat = {
  takes: 'text',
  name: 'ofx',
  parserVersion: 'ofx/1',
  recognises: (text) =>
    /^\s*OFXHEADER\s*:/i.test(text) || /^\s*<[^]{0,4000}?<(?:\?|!DOCTYPE )?OFX[\s>]|^\s*<OFX>/i.test(text),
  profileNames: () => [],
  read(text) {
    const elements = ofxElements(text);
    if (descendants(elements, ['OFX']).length === 0) {
      throw new Refusal(
        'FILE_TRUNCATED',
        'The file has the header of an OFX file and no <OFX> behind it, so it was cut short: download it again.',
      );
    }
    refuseBankErrors(elements);
    const accounts = descendants(elements, ['STMTRS', 'CCSTMTRS', 'INVSTMTRS']);
    if (accounts.length > statementsPerFileMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file holds ${accounts.length} accounts, more than the ${statementsPerFileMax} that a file may have: download one account at a time.`,
      );
    }
    return { profile: null, statements: accounts.flatMap((account) => statementsOf(account, text)) };
  },
};

/** The bank's own word that it could not answer: a sign-on refused, a statement not found. */
function refuseBankErrors(elements: readonly OfxElement[]): void {
  for (const status of descendants(elements, ['STATUS'])) {
    const code = child(status, 'CODE')?.value ?? '0';
    const severity = child(status, 'SEVERITY')?.value.toUpperCase() ?? '';
    if (severity !== 'ERROR') continue;
    const message = child(status, 'MESSAGE')?.value ?? '';
    throw new Refusal(
      'BANK_REPORTED_ERROR',
      `Line ${status.line}: the bank answered with error ${code}${message === '' ? '' : `, ${quoted(message)}`}, instead of a statement: download it again.`,
      status.line,
    );
  }
}

/** An account's statement, and one more for each other currency that its transactions are in: never netted. */
function statementsOf(element: OfxElement, text: string): ParsedStatement[] {
  const own = valueOf(element, 'CURDEF')?.toUpperCase() ?? null;
  const account = ofxAccount(element);
  const lines = [
    ...descendants(element.children, ['STMTTRN']).map((each) => lineOf(each, text, 'posted')),
    ...descendants(element.children, ['STMTTRNP']).map((each) => lineOf(each, text, 'pending')),
  ];
  if (lines.length > statementLinesMax) {
    throw new Refusal(
      'TOO_MANY_LINES',
      `The file has ${lines.length} transactions in one account, more than the ${statementLinesMax} that a statement may have: download a shorter period.`,
    );
  }
  const currency = own ?? lines.find((line) => line.currency !== null)?.currency ?? null;
  const drafts = new Map<string | null, Draft>([[currency, newDraft(account, currency, 'oldestFirst')]]);
  for (const { line, currency: stated, correction } of lines) {
    const its = stated ?? currency;
    const draft = drafts.get(its) ?? newDraft(account, its, 'oldestFirst');
    drafts.set(its, draft);
    (line.status === 'posted' ? draft.lines : draft.notPosted).push(line);
    if (correction) {
      draft.warnings.push({
        code: 'BANK_CORRECTION',
        message: `Line ${line.sourceLine}: the bank marks this as a correction of its line ${quoted(correction)}, which may have been imported before.`,
        line: line.sourceLine,
      });
    }
  }
  const main = drafts.get(currency) as Draft;
  addBalances(main, element);
  addWarnings(main, element);
  return [...drafts.values()].map((draft) => statementOf(draft));
}

interface OfxLine {
  readonly line: ParsedLine;
  /** From CURRENCY, in which the amount is; null where it is the account's. */
  readonly currency: string | null;
  readonly correction: string | undefined;
}

function lineOf(element: OfxElement, text: string, status: LineStatus): OfxLine {
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
      raw: text.slice(element.start, element.end),
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
function addBalances(draft: Draft, element: OfxElement): void {
  const ledger = child(element, 'LEDGERBAL');
  if (ledger === undefined || valueOf(ledger, 'BALAMT') === null) {
    if (ledger) {
      draft.warnings.push({
        code: 'BALANCE_MISSING',
        message: `Line ${ledger.line}: the ledger balance is empty, so the statement cannot be checked against it.`,
        line: ledger.line,
      });
    }
    return;
  }
  const closing: Money = ofxAmount(ledger, 'BALAMT');
  draft.statedClosing = closing;
  const struck = dayOf(ledger, 'DTASOF');
  const ends = childrenNamed(element, 'BANKTRANLIST').map((list) => dayOf(list, 'DTEND'));
  if (struck !== null && ends.length > 0 && ends.every((end) => end === struck)) {
    draft.statedOpening = draft.lines.reduce((left, { amountPence }) => left - amountPence, closing);
  }
}

function addWarnings(draft: Draft, element: OfxElement): void {
  if (element.name === 'INVSTMTRS') {
    draft.warnings.push({
      code: 'INVESTMENTS_NOT_READ',
      message: `Line ${element.line}: this is an investment account, of which only the money in and out is read, not the investments.`,
      line: element.line,
    });
  }
  const seen = new Set<string>();
  for (const { bankId, sourceLine } of draft.lines) {
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

function dayOf(element: OfxElement, name: string): CalendarDate | null {
  return valueOf(element, name) === null ? null : ofxDate(element, [name]);
}

function valueOf(element: OfxElement | undefined, name: string): string | null {
  return (element && child(element, name)?.value) || null;
}
