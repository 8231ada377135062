import { decimalText } from '@ringfence/kernel';
import { normalAccount, normalDescription, oneSpaced, penceOfBankText } from '../../core/bank-text.js';
import { descriptionCharactersMax, statementsPerFileMax } from '../../core/limits.js';
import { Refusal, type LineDetail, type ParsedLine } from '../../core/outcome.js';
import { qifDate, QifDateOrderSearch, type QifDateOrder } from './qif-dates.js';
import { QifRecords, type QifField, type QifRecord, type QifSection } from './qif-records.js';
import { RunningStatement, type LineSink } from '../../core/statement.js';
import type { Read, TextFormat, TextReader, TextSurvey } from '../../core/statement-format.js';

/** Sections whose records are movements of money, sections that only list something, and securities. */
const moneyTypes = ['bank', 'cash', 'ccard', 'oth a', 'oth l'];
const listTypes = ['account', 'cat', 'class', 'memorized', 'security', 'prices', 'budget', 'tag', 'payee'];
const investmentTypes = ['invst', 'port', '401(k)/403(b)'];

/** Quicken Interchange Format. It states no currency and no balances. Days stand before months, unless the dates tell. */
export const qifFormat: TextFormat = {
  takes: 'text',
  name: 'qif',
  parserVersion: 'qif/2',
  recognises: (text) => /^\s*(?:#[^\r\n]*[\r\n]\s*)*!(?:Type:|Account\b|Option:|Clear:)/i.test(text),
  profileNames: () => ['qif-uk', 'qif-us'],
  survey: ({ profile }) => new QifSurvey(profile),
};

/** Looks at every date, because one alone may tell whether days or months stand first. */
class QifSurvey implements TextSurvey {
  private readonly search = new QifDateOrderSearch();
  private readonly records = new QifRecords(({ type, fields }) => {
    if (!moneyTypes.includes(type)) return;
    for (const field of ownFields(fields)) if (field.letter === 'D') this.search.take(field);
  }, refuseUnknown);

  constructor(private readonly profile: string | undefined) {}

  take(text: string): boolean {
    this.records.take(text);
    return false;
  }

  end(): (sink: LineSink) => QifReader {
    this.records.end();
    const { order, assumedAt } = this.search.found(this.profile);
    return (sink) => new QifReader(sink, order, assumedAt);
  }
}

function refuseUnknown({ type, line }: QifSection): void {
  if ([...moneyTypes, ...listTypes, ...investmentTypes].includes(type)) return;
  throw new Refusal(
    'FILE_MALFORMED',
    `Line ${line}: a section of type "${type}" is not known in QIF, so it is not read.`,
    line,
  );
}

/** One statement for each account that is named, or for each section where none is. */
class QifReader implements TextReader {
  private readonly statements = new Map<string, RunningStatement>();
  private readonly records = new QifRecords((record) => this.takeRecord(record));
  private account: string | null = null;

  constructor(
    private readonly sink: LineSink,
    private readonly order: QifDateOrder,
    private readonly assumedAt: number | null,
  ) {}

  take(text: string): void {
    this.records.take(text);
  }

  end(): Read {
    this.records.end();
    const statements = [...this.statements.values()];
    if (this.assumedAt !== null) {
      for (const { warnings } of statements) {
        warnings.push({
          code: 'DATE_ORDER_ASSUMED',
          message:
            'Every date can be read two ways, and days were taken to stand before months: choose the profile "qif-us" if months stand first.',
          line: this.assumedAt,
        });
      }
    }
    return { profile: this.order === 'month first' ? 'qif-us' : 'qif-uk', statements };
  }

  private takeRecord(record: QifRecord): void {
    if (record.type === 'account') this.account = valueOf(record.fields, 'N');
    const invested = investmentTypes.includes(record.type);
    if (!invested && !moneyTypes.includes(record.type)) return;
    const key = this.account ?? `section ${record.section}`;
    const statement =
      this.statements.get(key) ??
      new RunningStatement(this.sink, normalAccount(this.account ?? ''), null, 'newestFirst');
    this.statements.set(key, statement);
    if (this.statements.size > statementsPerFileMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file holds more than ${statementsPerFileMax} accounts: upload one account at a time.`,
        record.line,
      );
    }
    if (invested) warnOfInvestments(statement, record);
    else addRecord(statement, record, this.order);
  }
}

/** Quicken writes the opening balance as a record: `POpening Balance` with the account itself as its category. */
function addRecord(statement: RunningStatement, record: QifRecord, order: QifDateOrder): void {
  const line = lineOf(record, order);
  const opening = line.description === 'Opening Balance' && /^\[.*\]$/.test(line.kind ?? '');
  if (opening && statement.statedOpening === null && statement.posted === 0) {
    statement.statedOpening = line.amountPence;
    return;
  }
  statement.add(line);
  const parts = (line.details ?? []).flatMap(({ amount }) => (amount === null ? [] : [amount]));
  if (parts.length === 0) return;
  const sum = parts.reduce((total, part) => total + penceOfBankText(part, {}, '$', record.line), 0n);
  if (sum === line.amountPence) return;
  statement.warn({
    code: 'PARTS_DIFFER',
    message: `Line ${record.line}: the parts of this record make ${decimalText(sum)} and the record is ${decimalText(line.amountPence)}, which is what counts.`,
    line: record.line,
  });
}

function lineOf(record: QifRecord, order: QifDateOrder): ParsedLine {
  const own = ownFields(record.fields);
  const description = descriptionOf(own, record.line);
  const details = detailsOf(record.fields);
  return {
    date: qifDate(onlyOne(record, own, 'D', 'DATE_MISSING'), order),
    amountPence: amountOf(record, own),
    description,
    normalisedDescription: normalDescription(description),
    bankId: null,
    balancePence: null,
    raw: record.raw,
    sourceLine: record.line,
    kind: valueOf(own, 'L'),
    mcc: null,
    status: 'posted',
    originalAmount: null,
    originalCurrency: null,
    ...(details.length > 0 ? { details } : {}),
  };
}

/** `U` repeats `T` with more digits; where a file has both they must agree. */
function amountOf(record: QifRecord, own: readonly QifField[]): bigint {
  const [field, other] = own.filter(({ letter }) => letter === 'T' || letter === 'U');
  if (field === undefined || field.value === '') {
    throw new Refusal(
      'AMOUNT_MISSING',
      `Line ${record.line}: the record has no amount (T), where one is expected.`,
      record.line,
    );
  }
  const pence = penceOfBankText(field.value, {}, field.letter, field.line);
  if (other && penceOfBankText(other.value, {}, other.letter, other.line) !== pence) {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${other.line}: the record has a second amount (${other.letter}) that differs from the first.`,
      other.line,
    );
  }
  return pence;
}

function onlyOne(record: QifRecord, own: readonly QifField[], letter: string, code: 'DATE_MISSING'): QifField {
  const [field, other] = own.filter((candidate) => candidate.letter === letter);
  if (field === undefined || field.value === '') {
    throw new Refusal(
      code,
      `Line ${record.line}: the record has no date (${letter}), where one such as "31/01/2026" is expected.`,
      record.line,
    );
  }
  if (other) {
    throw new Refusal(
      'FILE_MALFORMED',
      `Line ${other.line}: the record has a second date (${letter}), so two records may have run together.`,
      other.line,
    );
  }
  return field;
}

/** Behind the first `S` a record lists its parts, whose fields have the same letters. */
function ownFields(fields: readonly QifField[]): readonly QifField[] {
  const split = fields.findIndex(({ letter }) => letter === 'S');
  return split < 0 ? fields : fields.slice(0, split);
}

function detailsOf(fields: readonly QifField[]): LineDetail[] {
  const parts: { category: string; memo: string; amount: string | null }[] = [];
  for (const { letter, value } of fields.slice(ownFields(fields).length)) {
    if (letter === 'S') parts.push({ category: value, memo: '', amount: null });
    const part = parts.at(-1);
    if (part && letter === 'E') part.memo = value;
    if (part && letter === '$') part.amount = value;
  }
  return parts.map(({ category, memo, amount }) => ({
    amount,
    currency: null,
    description: oneSpaced(`${category} ${memo}`),
    bankId: null,
  }));
}

/** Payee and memo; a memo that begins with the payee stands alone. */
function descriptionOf(own: readonly QifField[], line: number): string {
  const payee = oneSpaced(valueOf(own, 'P') ?? '');
  const memo = oneSpaced(valueOf(own, 'M') ?? '');
  const description = memo.startsWith(payee) ? memo : payee.includes(memo) ? payee : `${payee} ${memo}`;
  if (description.length > descriptionCharactersMax) {
    throw new Refusal(
      'TOO_LONG',
      `Line ${line}: the description has ${description.length} characters, more than the ${descriptionCharactersMax} that are kept.`,
      line,
    );
  }
  return description;
}

function valueOf(fields: readonly QifField[], letter: string): string | null {
  return fields.find((field) => field.letter === letter)?.value || null;
}

function warnOfInvestments(statement: RunningStatement, { line }: QifRecord): void {
  if (statement.warnings.some(({ code }) => code === 'INVESTMENTS_NOT_READ')) return;
  statement.warnings.push({
    code: 'INVESTMENTS_NOT_READ',
    message: `Line ${line}: this is an investment account, whose purchases and sales are not read.`,
    line,
  });
}
