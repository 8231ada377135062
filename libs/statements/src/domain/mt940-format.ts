import { decimalText, type Money } from '@ringfence/kernel';
import { normalAccount, oneSpaced, penceOfBankText, quoted } from './bank-text.js';
import { statementLinesMax, statementsPerFileMax } from './limits.js';
import { endOfMessage, mt940Fields, mt940Text, type Mt940Field } from './mt940-fields.js';
import { mt940Line } from './mt940-line.js';
import { Refusal, type ParsedStatement } from './outcome.js';
import { newDraft, statementOf, type Draft } from './statement.js';
import type { TextFormat } from './statement-format.js';

/** SWIFT MT940 (statement) and MT942 (during the day), as banks outside SWIFT write them too: one or many to a file. */
export const mt940Format: TextFormat = {
  takes: 'text',
  name: 'mt940',
  parserVersion: 'mt940/1',
  recognises: (text) => beginning.test(mt940Text(text)),
  profileNames: () => [],
  read(text) {
    const messages = messagesOf(mt940Fields(text));
    if (messages.length > statementsPerFileMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file holds ${messages.length} statements, more than the ${statementsPerFileMax} that a file may have: download a shorter period.`,
      );
    }
    return { profile: null, statements: messages.map(statementFrom) };
  },
};

/** SWIFT blocks or a bank's header lines, and then a field with which a message, or a piece of one, begins. */
const beginning = /^\s*(?:\{1:[^]{0,400}?|(?:[A-Z0-9]{2,16}[ \t]*[\r\n]\s*){1,6})?:(?:20|25|28C?|60[FM]|61|940):/;

interface Entry {
  readonly entry: Mt940Field;
  information?: Mt940Field;
}

interface Message {
  readonly line: number;
  readonly entries: Entry[];
  account?: Mt940Field;
  opening?: Mt940Field;
  closing?: Mt940Field;
  /** MT942 states a floor limit and totals, and no balances. */
  interim?: true;
  readonly totals: Mt940Field[];
}

/** A message begins at `:20:`, or, where a bank writes none, at an opening balance behind another. */
function messagesOf(fields: readonly Mt940Field[]): Message[] {
  const messages: Message[] = [];
  let message: Message | undefined;
  let previous: Mt940Field | undefined;
  const begin = (field: Mt940Field, account?: Mt940Field): Message => {
    message = { line: field.line, entries: [], totals: [], ...(account ? { account } : {}) };
    messages.push(message);
    return message;
  };
  for (const field of fields) {
    if (field.tag === endOfMessage) {
      message = undefined;
      continue;
    }
    if (message === undefined && !/^(?:2|13|60|61)/.test(field.tag)) throw misplaced(field, 'outside a message');
    const opens = /^60/.test(field.tag);
    const its: Message =
      message === undefined || field.tag === '20'
        ? begin(field)
        : opens && (message.opening || message.entries.length > 0)
          ? begin(field, message.account)
          : message;
    take(its, field, previous);
    previous = field;
  }
  return messages;
}

function take(message: Message, field: Mt940Field, previous: Mt940Field | undefined): void {
  const entry = message.entries.at(-1);
  const behindEntry = previous !== undefined && previous === entry?.entry;
  switch (field.tag) {
    case '25':
    case '25P':
      // A bank's slip: behind an entry, `:25:` with subfields is its `:86:`.
      if (behindEntry && /^\d{3}[?>@]/.test(field.lines[0] ?? '')) entry.information = field;
      else message.account ??= field;
      return;
    case '60F':
    case '60M':
      message.opening = field;
      return;
    case '61':
      if (message.closing) throw misplaced(field, 'behind the closing balance');
      message.entries.push({ entry: field });
      return;
    case '86':
    case 'NS':
      // Behind a balance, it is about the statement.
      if (behindEntry) entry.information = field;
      return;
    case '62F':
    case '62M':
      if (message.closing) throw misplaced(field, 'a second time');
      message.closing = field;
      return;
    case '34F':
      message.interim = true;
      return;
    case '90C':
    case '90D':
      message.totals.push(field);
      return;
    default:
  }
}

function misplaced({ tag, line }: Mt940Field, where: string): Refusal {
  return new Refusal(
    'FILE_MALFORMED',
    `Line ${line}: :${tag}: stands ${where}: download the file again without editing it.`,
    line,
  );
}

function statementFrom(message: Message): ParsedStatement {
  const opening = message.opening && balanceOf(message.opening);
  const closing = message.closing && balanceOf(message.closing);
  const currency = opening?.currency ?? closing?.currency ?? floorCurrency(message.totals);
  if (message.entries.length > statementLinesMax) {
    throw new Refusal(
      'TOO_MANY_LINES',
      `The statement of line ${message.line} has ${message.entries.length} entries, more than the ${statementLinesMax} that a statement may have: download a shorter period.`,
      message.line,
    );
  }
  const draft = newDraft(accountOf(message.account), currency, 'oldestFirst');
  for (const { entry, information } of message.entries) {
    const line = mt940Line(entry, information, currency);
    (line.status === 'posted' ? draft.lines : draft.notPosted).push(line);
  }
  draft.statedOpening = opening?.pence ?? null;
  if (closing && closing.currency !== null && closing.currency !== currency) {
    addOtherCurrency(draft, closing.currency, closing.pence, message.closing as Mt940Field);
  } else {
    draft.statedClosing = closing?.pence ?? null;
  }
  addWarnings(draft, message);
  return statementOf(draft);
}

/** `C260131GBP1234,56`; a few banks leave the currency out. */
function balanceOf({ tag, lines, line }: Mt940Field): { pence: Money; currency: string | null } {
  const text = oneSpaced(lines.join(' '));
  const match = /^([CD])(\d{6}) ?([A-Z]{3})? ?(\d[\d.,]*)$/.exec(text);
  if (!match) {
    throw new Refusal(
      'FILE_MALFORMED',
      `Line ${line}: :${tag}: is ${quoted(text)}, where a balance such as "C260131GBP1234,56" is expected.`,
      line,
    );
  }
  const pence = penceOfBankText(match[4] as string, { decimal: ',' }, `:${tag}:`, line);
  return { pence: match[1] === 'D' ? -pence : pence, currency: match[3] ?? null };
}

/** `5GBP1234,56`: how many entries, and their sum. */
function totalOf({ tag, lines, line }: Mt940Field): { count: number; currency: string; pence: Money } {
  const match = /^(\d{1,5})([A-Z]{3})(\d[\d.,]*)$/.exec(oneSpaced(lines.join(' ')));
  if (!match) {
    throw new Refusal(
      'FILE_MALFORMED',
      `Line ${line}: :${tag}: is ${quoted(lines.join(' '))}, where a total such as "5GBP1234,56" is expected.`,
      line,
    );
  }
  const pence = penceOfBankText(match[3] as string, { decimal: ',' }, `:${tag}:`, line);
  return { count: Number(match[1]), currency: match[2] as string, pence };
}

function floorCurrency(totals: readonly Mt940Field[]): string | null {
  return totals[0] ? totalOf(totals[0]).currency : null;
}

function addOtherCurrency(draft: Draft, currency: string, amountPence: Money, { line }: Mt940Field): void {
  draft.otherBalances.push({ kind: 'closing', currency, amountPence });
  draft.warnings.push({
    code: 'BALANCE_OTHER_CURRENCY',
    message: `Line ${line}: the closing balance is in ${currency} and the statement in ${draft.currency ?? 'no currency'}, so the lines cannot be checked against it.`,
    line,
  });
}

function addWarnings(draft: Draft, message: Message): void {
  if (message.closing === undefined && message.interim === undefined) {
    draft.warnings.push({
      code: 'BALANCE_MISSING',
      message: `The statement of line ${message.line} has no closing balance (:62F:), so it may have been cut short.`,
      line: message.line,
    });
  }
  for (const field of message.totals) {
    const stated = totalOf(field);
    const out = field.tag === '90D';
    const counted = [...draft.lines, ...draft.notPosted].filter(({ amountPence }) => amountPence < 0n === out);
    const sum = counted.reduce((total, { amountPence }) => total + (out ? -amountPence : amountPence), 0n);
    if (counted.length === stated.count && sum === stated.pence) continue;
    draft.warnings.push({
      code: 'BALANCE_BREAK',
      message: `Line ${field.line}: the bank counts ${stated.count} entries of ${decimalText(stated.pence)} together, and the statement has ${counted.length} of ${decimalText(sum)}.`,
      line: field.line,
    });
  }
}

/** Sort code and number of a British account or IBAN, else what the field says. */
function accountOf(field: Mt940Field | undefined): string | null {
  const text = oneSpaced(field?.lines.join('') ?? '');
  return normalAccount(/^GB\d\d[A-Z]{4}(\d{14})/.exec(text)?.[1] ?? text.replace(/^(\d{6})\/(\d{8})$/, '$1 $2'));
}
