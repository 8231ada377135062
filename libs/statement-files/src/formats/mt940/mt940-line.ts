import { dateOf, type CalendarDate } from '@ringfence/kernel';
import { normalDescription, oneSpaced, penceOfBankText, quoted } from '../../core/bank-text.js';
import { descriptionCharactersMax } from '../../core/limits.js';
import type { Mt940Field } from './mt940-fields.js';
import { mt940Description } from './mt940-description.js';
import { Refusal, type ParsedLine } from '../../core/outcome.js';

/**
 * Value date, entry date (or blanks), mark, funds code, amount, type of transaction, references. The last letter of
 * the currency may stand behind the mark (`DD`, `CM`). SWIFT lets `EC` and `ED` announce what is only expected.
 */
const pattern = /^(\d{6})(\d{4}| {4})? *(RC|RD|EC|ED|C|D)([A-Z]?) *(\d[\d.,]*) *(?:([NFS][A-Z0-9]{3})(.*))?$/;

/**
 * A line from `:61:` and the `:86:` behind it. RC reverses a credit and is money out; RD reverses a debit and is
 * money in (SWIFT standards, MT940, field 61, subfield 3).
 */
export function mt940Line(entry: Mt940Field, information: Mt940Field | undefined, currency: string | null): ParsedLine {
  const { line } = entry;
  const { match, supplementary } = parted(entry);
  const [, value = '', entered = '', mark = '', , amount = '', type = '', references = ''] = match;
  const pence = penceOfBankText(amount, { decimal: ',' }, ':61:', line);
  const [reference = '', bankReference = ''] = references.split('//');
  const described = mt940Description(information?.lines ?? []);
  const description = described.text || oneSpaced(`${ownWord(reference)} ${supplementary}`);
  if (description.length > descriptionCharactersMax) {
    throw new Refusal(
      'TOO_LONG',
      `Line ${line}: the description has ${description.length} characters, more than the ${descriptionCharactersMax} that are kept.`,
      line,
    );
  }
  const original = abroad(`${supplementary} ${(information?.lines ?? []).join('')}`, currency);
  return {
    date: dayOf(value, entered.trim(), line),
    amountPence: mark === 'D' || mark === 'RC' || mark === 'ED' ? -pence : pence,
    description,
    normalisedDescription: normalDescription(description),
    bankId: ownWord(bankReference) || null,
    balancePence: null,
    raw: [entry, ...(information ? [information] : [])]
      .map(({ tag, lines }) => `:${tag}:${lines.join('\n')}`)
      .join('\n')
      .trimEnd(),
    sourceLine: line,
    kind: described.kind ?? (type || null),
    mcc: null,
    status: mark.startsWith('E') ? 'pending' : 'posted',
    originalAmount: original?.amount ?? null,
    originalCurrency: original?.currency ?? null,
  };
}

/** Some banks break a long first line, so that the amount stands on the second. */
function parted({ lines, line }: Mt940Field): { match: RegExpExecArray; supplementary: string } {
  const [first = '', second = '', ...others] = lines;
  const whole = pattern.exec(first);
  if (whole) return { match: whole, supplementary: [second, ...others].join(' ') };
  const joined = pattern.exec(first + second);
  if (joined) return { match: joined, supplementary: others.join(' ') };
  throw new Refusal(
    'FILE_MALFORMED',
    `Line ${line}: :61: is ${quoted(first)}, where a date, C or D and an amount such as "2601310131D12,34NTRF" are expected.`,
    line,
  );
}

/** The day of booking, else the value date. */
function dayOf(value: string, entered: string, line: number): CalendarDate {
  const year = 2000 + Number(value.slice(0, 2));
  const month = Number(value.slice(2, 4));
  const valueDay = dateOf(year, month, Number(value.slice(4, 6)));
  if (entered === '') {
    if (valueDay !== undefined) return valueDay;
    throw new Refusal(
      'DATE_WRONG',
      `Line ${line}: :61: has the date ${quoted(value)}, a day that does not exist.`,
      line,
    );
  }
  // Banks that count thirty days to every month give 30 February as a value date: the day of entry is a real one.
  const enteredMonth = Number(entered.slice(0, 2));
  const apart = enteredMonth - month;
  const enteredYear = apart > 6 ? year - 1 : apart < -6 ? year + 1 : year;
  const day = dateOf(enteredYear, enteredMonth, Number(entered.slice(2)));
  if (day !== undefined && month >= 1 && month <= 12) return day;
  throw new Refusal(
    'DATE_WRONG',
    `Line ${line}: :61: has the dates ${quoted(`${value} ${entered}`)}, which are no days of a calendar.`,
    line,
  );
}

/** NONREF stands where the bank gives no reference. */
function ownWord(reference: string): string {
  const word = reference.trim();
  return /^(?:NONREF|NOREF)?$/i.test(word) ? '' : word;
}

/** What was paid in another currency: `/OCMT/EUR11,85/`. */
function abroad(text: string, currency: string | null): { amount: string; currency: string } | undefined {
  const match = /\/OCMT\/([A-Z]{3})(\d[\d.,]*)\//.exec(text);
  return match && match[1] !== currency ? { currency: match[1] as string, amount: match[2] as string } : undefined;
}
