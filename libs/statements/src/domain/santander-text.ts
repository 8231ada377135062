import { dateOfBankText } from './bank-dates.js';
import { normalAccount, normalDescription, oneSpaced, penceOfBankText, quoted } from './bank-text.js';
import { descriptionCharactersMax, statementLinesMax } from './limits.js';
import { Refusal, type ParsedLine } from './outcome.js';
import type { TextFormat } from './statement-format.js';
import { newDraft, statementOf } from './statement.js';

/**
 * Santander's text download: `From:` and `Account:` lines, then a block of `Date:`, `Description:`, `Amount:` and
 * `Balance:` for each transaction, newest first, padded with spaces, some of them non-breaking.
 */
export const santanderTextFormat: TextFormat = {
  takes: 'text',
  name: 'text',
  parserVersion: 'text/1',
  recognises: (text) => /^\s*From:[^\r\n]*\bto\b[^\r\n]*[\r\n]+\s*Account:/.test(text),
  profileNames: () => ['santander'],
  read(text) {
    const labelled = labelledLines(text);
    const account = labelled.find(({ label }) => label === 'Account')?.value ?? '';
    const draft = newDraft(normalAccount(account), 'GBP', 'newestFirst');
    for (const block of blocks(labelled)) draft.lines.push(lineOf(block));
    if (draft.lines.length > statementLinesMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file has ${draft.lines.length} transactions, more than the ${statementLinesMax} that a statement may have: download a shorter period.`,
      );
    }
    return { profile: 'santander', statements: [statementOf(draft)] };
  },
};

const preambleLabels = ['From', 'Account'];
const blockLabels = ['Date', 'Description', 'Amount', 'Balance'];

interface LabelledLine {
  readonly label: string;
  readonly value: string;
  readonly line: number;
  readonly raw: string;
}

function labelledLines(text: string): LabelledLine[] {
  return text.split(/\r\n|\r|\n/).flatMap((raw, at) => {
    if (oneSpaced(raw) === '') return [];
    const [, label = '', value = ''] = /^\s*([A-Za-z]+):(.*)$/s.exec(raw) ?? [];
    if (!preambleLabels.includes(label) && !blockLabels.includes(label)) {
      throw new Refusal(
        'FILE_MALFORMED',
        `Line ${at + 1} is ${quoted(raw)}, where one of ${[...preambleLabels, ...blockLabels].join(', ')} is expected.`,
        at + 1,
      );
    }
    return [{ label, value: oneSpaced(value), line: at + 1, raw }];
  });
}

function blocks(labelled: readonly LabelledLine[]): LabelledLine[][] {
  const found: LabelledLine[][] = [];
  for (const each of labelled.filter(({ label }) => !preambleLabels.includes(label))) {
    if (each.label === 'Date') found.push([]);
    const block = found.at(-1);
    if (block === undefined || block.some(({ label }) => label === each.label)) {
      throw new Refusal('FILE_MALFORMED', `Line ${each.line}: ${each.label} stands where Date is expected.`, each.line);
    }
    block.push(each);
  }
  return found;
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
