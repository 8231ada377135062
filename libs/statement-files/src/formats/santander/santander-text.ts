import { dateOfBankText } from '../../core/bank-dates.js';
import { normalAccount, normalDescription, oneSpaced, penceOfBankText, quoted } from '../../core/bank-text.js';
import { descriptionCharactersMax } from '../../core/limits.js';
import { Refusal, type ParsedLine } from '../../core/outcome.js';
import { RunningStatement, type LineSink } from '../../core/statement.js';
import { noSurvey, type Read, type TextFormat, type TextReader } from '../../core/statement-format.js';
import { TextLines } from '../../core/text-lines.js';

/**
 * Santander's text download: `From:` and `Account:` lines, then a block of `Date:`, `Description:`, `Amount:` and
 * `Balance:` for each transaction, newest first, padded with spaces, some of them non-breaking.
 */
export const santanderTextFormat: TextFormat = {
  takes: 'text',
  name: 'text',
  parserVersion: 'text/2',
  recognises: (text) => /^\s*From:[^\r\n]*\bto\b[^\r\n]*[\r\n]+\s*Account:/.test(text),
  profileNames: () => ['santander'],
  survey: () => noSurvey((sink) => new SantanderReader(sink)),
};

const preambleLabels = ['From', 'Account'];
const blockLabels = ['Date', 'Description', 'Amount', 'Balance'];

interface LabelledLine {
  readonly label: string;
  readonly value: string;
  readonly line: number;
  readonly raw: string;
}

class SantanderReader implements TextReader {
  private readonly lines = new TextLines();
  private readonly statement: RunningStatement;
  private block: LabelledLine[] | undefined;

  constructor(sink: LineSink) {
    this.statement = new RunningStatement(sink, null, 'GBP', 'newestFirst');
  }

  take(text: string): void {
    this.lines.take(text, this.takeLine);
  }

  end(): Read {
    this.lines.end(this.takeLine);
    this.endBlock();
    return { profile: 'santander', statements: [this.statement] };
  }

  private readonly takeLine = (raw: string, _end: string, line: number): void => {
    const each = labelled(raw, line);
    if (each === undefined) return;
    if (each.label === 'Account') this.statement.account ??= normalAccount(each.value);
    if (preambleLabels.includes(each.label)) return;
    if (each.label === 'Date') {
      this.endBlock();
      this.block = [];
    }
    if (this.block === undefined || this.block.some(({ label }) => label === each.label)) {
      throw new Refusal('FILE_MALFORMED', `Line ${line}: ${each.label} stands where Date is expected.`, line);
    }
    this.block.push(each);
  };

  private endBlock(): void {
    if (this.block !== undefined) this.statement.add(lineOf(this.block));
    this.block = undefined;
  }
}

function labelled(raw: string, line: number): LabelledLine | undefined {
  if (oneSpaced(raw) === '') return undefined;
  const [, label = '', value = ''] = /^\s*([A-Za-z]+):(.*)$/s.exec(raw) ?? [];
  if (!preambleLabels.includes(label) && !blockLabels.includes(label)) {
    throw new Refusal(
      'FILE_MALFORMED',
      `Line ${line} is ${quoted(raw)}, where one of ${[...preambleLabels, ...blockLabels].join(', ')} is expected.`,
      line,
    );
  }
  return { label, value: oneSpaced(value), line, raw };
}

function lineOf(block: readonly LabelledLine[]): ParsedLine {
  const first = block[0] as LabelledLine;
  const value = (label: string): LabelledLine => {
    const found = block.find((candidate) => candidate.label === label);
    if (found) return found;
    throw new Refusal(
      'FILE_TRUNCATED',
      `Line ${first.line}: the transaction that begins here has no ${label}, so the file was cut short: download it again.`,
      first.line,
    );
  };
  const pence = (label: string): bigint => {
    const { value: written, line } = value(label);
    if (written === '')
      throw new Refusal('AMOUNT_MISSING', `Line ${line}: ${label} is empty, where an amount is expected.`, line);
    return penceOfBankText(written.replace(/\s*GBP$/, ''), {}, label, line);
  };
  const description = value('Description').value;
  if (description.length > descriptionCharactersMax) {
    throw new Refusal(
      'TOO_LONG',
      `Line ${first.line}: the description has ${description.length} characters, more than the ${descriptionCharactersMax} that are kept.`,
      first.line,
    );
  }
  return {
    date: dateOfBankText(value('Date').value, ['dd/mm/yyyy'], 'Date', first.line),
    amountPence: pence('Amount'),
    description,
    normalisedDescription: normalDescription(description),
    bankId: null,
    balancePence: pence('Balance'),
    raw: block.map(({ raw }) => raw).join('\n'),
    sourceLine: first.line,
    kind: null,
    mcc: null,
    status: 'posted',
    originalAmount: null,
    originalCurrency: null,
  };
}
