import { calendarDate } from './dates.js';
import { Problem } from './problems.js';
import { isKeepable } from './text.js';

/*
 * How a long list is asked for by pages: at most `limit` items, from behind the sort key that a cursor holds.
 */

export const pageSizeMax = 200;
export const pageSizeUsual = 50;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * Makes a page from a list that was asked for one item more than `limit`: the extra one only tells that there is more.
 * `keyOf` gives the sort key of an item, which the next query continues after.
 */
export function pageOf<T, Out>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly string[],
  present: (row: T) => Out,
): Page<Out> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(present), nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** What a part of a sort key must look like, where the database would not take any text. */
const keyParts = {
  text: isKeepable,
  id: (part: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(part),
  date: (part: string) => calendarDate(part) !== undefined,
  instant: (part: string) =>
    calendarDate(part.slice(0, 10)) !== undefined && part[10] === 'T' && !Number.isNaN(Date.parse(part)),
  integer: (part: string) => /^\d{1,9}$/.test(part),
} as const satisfies Record<string, (part: string) => boolean>;

export type KeyPart = keyof typeof keyParts;

/**
 * The sort key in a cursor, or undefined without one. Refuses a cursor that no page gave: one with another number of
 * parts, or with parts of another kind.
 */
export function decodeCursor(cursor: string | undefined, parts: number | readonly KeyPart[]): string[] | undefined {
  if (cursor === undefined) return undefined;
  const kinds = typeof parts === 'number' ? Array<KeyPart>(parts).fill('text') : parts;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const good =
      Array.isArray(key) &&
      key.length === kinds.length &&
      key.every((part, order) => typeof part === 'string' && keyParts[kinds[order]!](part));
    if (good) return key as string[];
  } catch {
    // Falls through to the refusal: what is wrong with it does not help its sender.
  }
  throw Problem.field('/cursor', 'The cursor is not one that a page of this list gave: leave it out to begin again.');
}
