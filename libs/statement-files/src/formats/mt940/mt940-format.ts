import { decimalText, type Money } from '@ringfence/kernel';
import { normalAccount, oneSpaced, penceOfBankText, quoted } from '../../core/bank-text.js';
import { mt940EntriesBeforeCurrencyMax, statementsPerFileMax } from '../../core/limits.js';
import { endOfMessage, Mt940Fields, mt940Text, type Mt940Field } from './mt940-fields.js';
import { mt940Line } from './mt940-line.js';
import { Refusal } from '../../core/outcome.js';
import { RunningStatement, type LineSink } from '../../core/statement.js';
import { noSurvey, type Read, type TextFormat, type TextReader } from '../../core/statement-format.js';

/** SWIFT MT940 (statement) and MT942 (during the day), as banks outside SWIFT write them too: one or many to a file. */
export const mt940Format: TextFormat = {
  takes: 'text',
  name: 'mt940',
  parserVersion: 'mt940/2',
  recognises: (text) => beginning.test(mt940Text(text)),
  profileNames: () => [],
  survey: () => noSurvey((sink) => new Mt940Reader(sink)),
};

/** SWIFT blocks or a bank's header lines, and then a field with which a message, or a piece of one, begins. */
const beginning = /^\s*(?:\{1:[^]{0,400}?|(?:[A-Z0-9]{2,16}[ \t]*[\r\n]\s*){1,6})?:(?:20|25|28C?|60[FM]|61|940):/;

interface Entry {
  readonly entry: Mt940Field;
  information?: Mt940Field;
}

interface Message {
  readonly line: number;
  readonly statement: RunningStatement;
  /** Those not yet read: the last one, to which a field may still belong, or all while no currency is known. */
  readonly entries: Entry[];
  hasEntries: boolean;
  account?: Mt940Field;
  opening?: Mt940Field;
  closing?: Mt940Field;
  /** MT942 states a floor limit and totals, and no balances. */
  interim?: true;
  readonly totals: Mt940Field[];
  /** How many entries went out and came in, and their sums. */
  readonly counted: Record<'90D' | '90C', { count: number; sum: Money }>;
}

/** A message begins at `:20:`, or, where a bank writes none, at an opening balance behind another. */
class Mt940Reader implements TextReader {
  private readonly fields = new Mt940Fields((field) => this.takeField(field));
  private readonly statements: RunningStatement[] = [];
  private message: Message | undefined;
  private previous: Mt940Field | undefined;

  constructor(private readonly sink: LineSink) {}

  take(text: string): void {
    this.fields.take(text);
  }

  end(): Read {
    this.fields.end();
    this.endMessage();
    return { profile: null, statements: this.statements };
  }

  private takeField(field: Mt940Field): void {
    if (field.tag === endOfMessage) return this.endMessage();
    const { message } = this;
    if (message === undefined && !/^(?:2|13|60|61)/.test(field.tag)) throw misplaced(field, 'outside a message');
    const opens = field.tag.startsWith('60');
    const its =
      message === undefined || field.tag === '20'
        ? this.begin(field)
        : opens && (message.opening || message.hasEntries)
          ? this.begin(field, message.account)
          : message;
    take(its, field, this.previous);
    this.previous = field;
  }

  private begin(field: Mt940Field, account?: Mt940Field): Message {
    this.endMessage();
    const statement = new RunningStatement(this.sink, null, null, 'oldestFirst', true);
    this.statements.push(statement);
    if (this.statements.length > statementsPerFileMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file holds more than ${statementsPerFileMax} statements: download a shorter period.`,
        field.line,
      );
    }
    this.message = {
      line: field.line,
      statement,
      entries: [],
      hasEntries: false,
      totals: [],
      counted: { '90D': { count: 0, sum: 0n }, '90C': { count: 0, sum: 0n } },
      ...(account ? { account } : {}),
    };
    return this.message;
  }

  private endMessage(): void {
    if (this.message) finish(this.message);
    this.message = undefined;
  }
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
      if (message.opening) readEntries(message, balanceOf(message.opening).currency);
      if (message.entries.length >= mt940EntriesBeforeCurrencyMax) {
        throw new Refusal(
          'TOO_MANY_LINES',
          `The statement of line ${message.line} has more than ${mt940EntriesBeforeCurrencyMax} entries and no opening balance before them: download a shorter period.`,
          message.line,
        );
      }
      message.entries.push({ entry: field });
      message.hasEntries = true;
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

function readEntries({ entries, statement, counted }: Message, currency: string | null): void {
  for (const { entry, information } of entries.splice(0)) {
    const line = mt940Line(entry, information, currency);
    const out = line.amountPence < 0n;
    const total = counted[out ? '90D' : '90C'];
    total.count += 1;
    total.sum += out ? -line.amountPence : line.amountPence;
    statement.add(line);
  }
}

function misplaced({ tag, line }: Mt940Field, where: string): Refusal {
  return new Refusal(
    'FILE_MALFORMED',
    `Line ${line}: :${tag}: stands ${where}: download the file again without editing it.`,
    line,
  );
}

function finish(message: Message): void {
  const { statement } = message;
  const opening = message.opening && balanceOf(message.opening);
  const closing = message.closing && balanceOf(message.closing);
  const currency = opening?.currency ?? closing?.currency ?? floorCurrency(message.totals);
  statement.account = accountOf(message.account);
  statement.currency = currency;
  readEntries(message, currency);
  statement.statedOpening = opening?.pence ?? null;
  if (closing && closing.currency !== null && closing.currency !== currency) {
    addOtherCurrency(statement, closing.currency, closing.pence, message.closing as Mt940Field);
  } else {
    statement.statedClosing = closing?.pence ?? null;
  }
  addWarnings(message);
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

function addOtherCurrency(
  statement: RunningStatement,
  currency: string,
  amountPence: Money,
  { line }: Mt940Field,
): void {
  statement.otherBalances.push({ kind: 'closing', currency, amountPence });
  statement.warnings.push({
    code: 'BALANCE_OTHER_CURRENCY',
    message: `Line ${line}: the closing balance is in ${currency} and the statement in ${statement.currency ?? 'no currency'}, so the lines cannot be checked against it.`,
    line,
  });
}

function addWarnings({ statement, line, closing, interim, totals, counted }: Message): void {
  if (closing === undefined && interim === undefined) {
    statement.warnings.push({
      code: 'BALANCE_MISSING',
      message: `The statement of line ${line} has no closing balance (:62F:), so it may have been cut short.`,
      line,
    });
  }
  for (const field of totals) {
    const stated = totalOf(field);
    const { count, sum } = counted[field.tag as '90D' | '90C'];
    if (count === stated.count && sum === stated.pence) continue;
    statement.warnings.push({
      code: 'BALANCE_BREAK',
      message: `Line ${field.line}: the bank counts ${stated.count} entries of ${decimalText(stated.pence)} together, and the statement has ${count} of ${decimalText(sum)}.`,
      line: field.line,
    });
  }
}

/** Sort code and number of a British account or IBAN, else what the field says. */
function accountOf(field: Mt940Field | undefined): string | null {
  const text = oneSpaced(field?.lines.join('') ?? '');
  return normalAccount(/^GB\d\d[A-Z]{4}(\d{14})/.exec(text)?.[1] ?? text.replace(/^(\d{6})\/(\d{8})$/, '$1 $2'));
}
