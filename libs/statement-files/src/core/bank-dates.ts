import { dateOf, type CalendarDate } from '@ringfence/kernel';
import { quoted } from './bank-text.js';
import { Refusal } from './outcome.js';

/** How banks write days. A time behind the day is read past: the calendar date is the one written. */
export const dateShapes = {
  'dd/mm/yyyy': { pattern: /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/, example: '31/01/2026' },
  'dd/mm/yy': { pattern: /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<yy>\d{2})$/, example: '31/01/26' },
  'mm/dd/yyyy': { pattern: /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/, example: '01/31/2026' },
  'yyyy-mm-dd': { pattern: /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/, example: '2026-01-31' },
  'yyyy-mm-dd time': {
    pattern:
      /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?$/,
    example: '2026-01-31 09:30:00',
  },
  'd Mon yyyy': { pattern: /^(?<d>\d{1,2})[ -](?<month>[A-Za-z]{3,9})[ -](?<y>\d{4})$/, example: '31 Jan 2026' },
  'd Mon yy': { pattern: /^(?<d>\d{1,2})[ -](?<month>[A-Za-z]{3,9})[ -](?<yy>\d{2})$/, example: '31 Jan 26' },
} as const satisfies Record<string, { pattern: RegExp; example: string }>;

export type DateShape = keyof typeof dateShapes;

const monthNames = 'january february march april may june july august september october november december'.split(' ');

/** Whether the text is written in one of these ways, whether or not the day exists. */
export function looksLikeDate(text: string, shapes: readonly DateShape[]): boolean {
  return shapes.some((shape) => dateShapes[shape].pattern.test(text.trim()));
}

/** `what` names the column in the refusal. */
export function dateOfBankText(
  written: string,
  shapes: readonly DateShape[],
  what: string,
  line: number,
): CalendarDate {
  const text = written.trim();
  const known = seen.get(text);
  if (known && shapes.includes(known.shape)) return known.date;
  const examples = shapes.map((shape) => `"${dateShapes[shape].example}"`).join(' or ');
  if (text === '') {
    throw new Refusal(
      'DATE_MISSING',
      `Line ${line}: ${what} is empty, where a date such as ${examples} is expected.`,
      line,
    );
  }
  const shape = shapes.find((candidate) => dateShapes[candidate].pattern.test(text));
  if (shape === undefined) {
    throw new Refusal(
      'DATE_WRONG',
      `Line ${line}: ${what} is ${quoted(written)}, where a date such as ${examples} is expected.`,
      line,
    );
  }
  const date = dayOf(dateShapes[shape].pattern.exec(text)?.groups ?? {});
  if (date === undefined) {
    throw new Refusal('DATE_WRONG', `Line ${line}: ${what} is ${quoted(written)}, a day that does not exist.`, line);
  }
  if (seen.size >= seenMax) seen.clear();
  seen.set(text, { shape, date });
  return date;
}

/** Long files have few days: asking the calendar once for each keeps a year of lines fast. */
const seen = new Map<string, { shape: DateShape; date: CalendarDate }>();
const seenMax = 5_000;

function dayOf(parts: Record<string, string | undefined>): CalendarDate | undefined {
  const year = parts.yy === undefined ? Number(parts.y) : 2000 + Number(parts.yy);
  const month = parts.month === undefined ? Number(parts.m) : monthNumber(parts.month);
  return month === undefined ? undefined : dateOf(year, month, Number(parts.d));
}

function monthNumber(name: string): number | undefined {
  const at = monthNames.findIndex(
    (month) => month.startsWith(name.toLowerCase()) || (name.toLowerCase() === 'sept' && month === 'september'),
  );
  return at < 0 ? undefined : at + 1;
}
