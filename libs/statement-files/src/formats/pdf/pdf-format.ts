import { decimalText, type CalendarDate, type Money } from '@ringfence/kernel';
import { dateOfBankText, type DateShape } from '../../core/bank-dates.js';
import { normalAccount, normalDescription, penceOfBankText } from '../../core/bank-text.js';
import { descriptionCharactersMax } from '../../core/limits.js';
import { placeOf, Refusal, type ParsedLine } from '../../core/outcome.js';
import { pdfRows, rowText, type PdfRow } from './pdf-rows.js';
import { pdfTable, type PdfEntry, type PdfTable, type Period } from './pdf-table.js';
import { pdfPages } from './pdf-text.js';
import { refuseUnfolding } from './pdf-unpacked.js';
import { RunningStatement } from '../../core/statement.js';
import type { BytesFormat } from '../../core/statement-format.js';

/**
 * PDF statements with a text layer. Lines are found by their places, so the reading is proved by the printed balances
 * (one that does not follow refuses the file) and a person confirms it before anything is posted.
 */
export const pdfFormat: BytesFormat = {
  takes: 'bytes',
  name: 'pdf',
  parserVersion: 'pdf/1',
  recognises: (bytes) => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-'),
  profileNames: () => [],
  async read(bytes, _options, sink) {
    if (!Buffer.from(bytes.subarray(-2048)).includes('%%EOF')) {
      throw new Refusal('FILE_TRUNCATED', 'The PDF has no end mark, so it was cut short: download it again.');
    }
    refuseUnfolding(bytes);
    const pages = (await pdfPages(bytes)).map((items, at) => pdfRows(items, at + 1));
    const texts = pages.flatMap((rows) => rows.map(rowText));
    if (texts.length === 0) {
      throw new Refusal(
        'PAGE_UNREADABLE',
        'The PDF holds pictures of pages and no text: download the statement as CSV or OFX from the bank.',
      );
    }
    const table = pdfTable(pages, periodOf(texts));
    const opening = table.opening ?? statedOpening(pages);
    prove(table, opening);
    const currency = texts.some((text) => /£|\bGBP\b/.test(text)) ? 'GBP' : null;
    const statement = new RunningStatement(sink, accountOf(texts), currency, 'oldestFirst');
    for (const entry of table.entries) statement.add(lineOf(entry));
    statement.statedOpening = opening;
    statement.statedClosing = table.closing;
    if (opening === null && statement.posted > 0) {
      statement.warnings.push({
        code: 'BALANCE_MISSING',
        message: 'The PDF states no opening balance, so its first line cannot be checked: compare it with the page.',
        line: null,
      });
    }
    return { profile: null, statements: [statement], needsConfirmation: true };
  },
};

/** Every line must lead to a printed balance, and every printed balance must follow from the lines. */
function prove({ entries, closing }: PdfTable, opening: Money | null): void {
  let running = opening;
  let unproved: PdfEntry | undefined;
  for (const entry of entries) {
    const expected: Money | null = running === null ? null : running + entry.amountPence;
    if (expected !== null && entry.balancePence !== null && entry.balancePence !== expected) {
      throw doubt(
        entry,
        `the balance is ${decimalText(entry.balancePence)} where ${decimalText(expected)} follows, so a line was not read as it is printed`,
      );
    }
    unproved = entry.balancePence === null ? (unproved ?? entry) : undefined;
    running = entry.balancePence ?? expected;
  }
  if (unproved) throw doubt(unproved, 'no balance is printed behind this line, so it cannot be checked');
  const last = entries.at(-1);
  if (last && closing !== null && last.balancePence !== closing) {
    throw doubt(
      last,
      `the last balance is not the closing balance ${decimalText(closing)}, so a line was not read as it is printed`,
    );
  }
}

function doubt({ page, line }: PdfEntry, why: string): Refusal {
  return new Refusal(
    'TABLE_UNCLEAR',
    `${placeOf({ page, sourceLine: line })}: ${why}: download the statement as CSV or OFX from the bank.`,
    line,
  );
}

function lineOf({ date, amountPence, balancePence, description, page, line, raw }: PdfEntry): ParsedLine {
  if (description.length > descriptionCharactersMax) {
    throw new Refusal(
      'TOO_LONG',
      `Page ${page}, line ${line}: the description has ${description.length} characters, more than the ${descriptionCharactersMax} that are kept.`,
      line,
    );
  }
  return {
    date,
    amountPence,
    description,
    normalisedDescription: normalDescription(description),
    bankId: null,
    balancePence,
    raw,
    sourceLine: line,
    page,
    kind: null,
    mcc: null,
    status: 'posted',
    originalAmount: null,
    originalCurrency: null,
  };
}

const dayShapes: readonly DateShape[] = ['d Mon yyyy', 'dd/mm/yyyy', 'yyyy-mm-dd'];
const day = String.raw`(\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)`;
const span = new RegExp(`${day} *(?:to|until|-|–|—) *${day}`);

/** `1 April 2026 to 30 April 2026`, wherever it is printed first. */
function periodOf(texts: readonly string[]): Period | undefined {
  for (const text of texts) {
    const match = span.exec(text.replace(/ {2,}/g, ' '));
    const from = match && dayOf(match[1] as string);
    const to = match && dayOf(match[2] as string);
    if (from && to && from <= to) return { from, to };
  }
  return undefined;
}

function dayOf(text: string): CalendarDate | undefined {
  try {
    return dateOfBankText(text, dayShapes, 'Period', 1);
  } catch {
    return undefined;
  }
}

/** A summary beside the table: `Opening balance £12.34`. */
function statedOpening(pages: readonly (readonly PdfRow[])[]): Money | null {
  for (const { cells } of pages.flat()) {
    const text = cells.map((cell) => cell.text).join(' ');
    const match = /^(?:opening|previous|start(?:ing)?) balance[^£\d-]*(-?£?-?[\d,]+\.\d{2})$/i.exec(text);
    if (match) return penceOfBankText(match[1] as string, {}, 'the opening balance', 1);
  }
  return null;
}

/** Only where the pages name one sort code and one account number. */
function accountOf(texts: readonly string[]): string | null {
  const all = texts.join('\n');
  const codes = new Set(
    [...all.matchAll(/\bsort code:?\s*(\d\d[- ]?\d\d[- ]?\d\d)\b/gi)].map((match) => match[1] ?? ''),
  );
  const numbers = new Set(
    [...all.matchAll(/\baccount (?:number|no\.?):?\s*(\d{8})\b/gi)].map((match) => match[1] ?? ''),
  );
  const [number] = numbers;
  if (numbers.size !== 1 || number === undefined) return null;
  const [code] = codes;
  return normalAccount(codes.size === 1 && code !== undefined ? `${code} ${number}` : number);
}
