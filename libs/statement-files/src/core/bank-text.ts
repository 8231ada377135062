import { penceFromText, type Money } from '@ringfence/kernel';
import { Refusal } from './outcome.js';

/** How a layout writes money. */
export interface MoneyShape {
  /** `required`: an amount without `£` means that the row is not what it seems (Nationwide always writes it). */
  readonly pound?: 'optional' | 'required';
  /** A decimal comma, as continental banks write. */
  readonly decimal?: '.' | ',';
}

const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/**
 * Pence of an amount as a bank writes it: `£1,234.56`, `-12.34`, `+£5.00`, `−3`. `what` names the column in the
 * refusal. Exact: more than two decimals are accepted only when they are zeros.
 */
export function penceOfBankText(written: string, shape: MoneyShape, what: string, line: number): Money {
  // As nearly every bank writes nearly every amount; anything else takes the long way, with the same result.
  if (shape.pound !== 'required' && shape.decimal !== ',') {
    const plain = plainPence(written);
    if (plain !== undefined) return plain;
  }
  const compact = written.replace(/[\s\u00a0\u202f]/g, '').replace(/\u2212/g, '-');
  const match = /^([+-]?)([£€$]?)([+-]?)([\d.,]+)$/.exec(compact);
  const [, before = '', symbol = '', after = '', digits = ''] = match ?? [];
  const plain = shape.decimal === ',' ? swapSeparators(digits) : digits;
  if (!match || (before !== '' && after !== '') || !(grouped.test(plain) || /^\d+\.?\d*$|^\.\d+$/.test(plain))) {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${line}: ${what} is ${quoted(written)}, where an amount such as ${example(shape)} is expected.`,
      line,
    );
  }
  if (shape.pound === 'required' && symbol !== '£') {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${line}: ${what} is ${quoted(written)}, without the £ that this bank writes, so the row may have been changed.`,
      line,
    );
  }
  const bare = plain
    .replace(/,/g, '')
    .replace(/\.$/, '')
    .replace(/^0*(?=\d)/, '')
    .replace(/^\./, '0.');
  const pence = penceFromText(before + after + bare);
  if (pence !== undefined) return pence;
  if (/\.\d\d\d*[1-9]/.test(bare)) {
    throw new Refusal(
      'AMOUNT_INEXACT',
      `Line ${line}: ${what} is ${quoted(written)}, which is not a whole number of pence.`,
      line,
    );
  }
  throw new Refusal('AMOUNT_WRONG', `Line ${line}: ${what} is ${quoted(written)}, more than any account holds.`, line);
}

/** Sort code and number as `30-00-00 12345678` where the text holds them, else the text as it is; null when empty. */
export function normalAccount(text: string): string | null {
  const plain = oneSpaced(text).replace(/^'/, '');
  const match = /^(\d\d)[- ]?(\d\d)[- ]?(\d\d)[- ]*(\d{8})$/.exec(plain);
  if (match) return `${match[1]}-${match[2]}-${match[3]} ${match[4]}`;
  return plain === '' ? null : plain;
}

/** The description for comparing: letters and digits in capitals, one space between words. Never shown. */
export function normalDescription(text: string): string {
  if (isPlainWords(text)) return text.toUpperCase().trim();
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export function oneSpaced(text: string): string {
  if (!/[^\S ]| {2}/.test(text)) return text.trim();
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}

/** A text from the file for a sentence: in quotation marks, and cut when long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** `-1234.56`: digits with two decimals, read as a whole number of pence that is well below 2^53. */
function plainPence(text: string): Money | undefined {
  const { length } = text;
  const negative = text.charCodeAt(0) === minus;
  const point = length - 3;
  if (point < (negative ? 2 : 1) || length > plainCharactersMax || text.charCodeAt(point) !== dot) return undefined;
  let pence = 0;
  for (let at = negative ? 1 : 0; at < length; at += 1) {
    if (at === point) continue;
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return undefined;
    pence = pence * 10 + digit;
  }
  return BigInt(negative ? -pence : pence);
}

const [minus, dot, zero] = [45, 46, 48];
/** A sign, ten digits, a point and two more. */
const plainCharactersMax = 14;

/** Letters of the alphabet, digits and single spaces: nothing to be changed but small letters. */
function isPlainWords(text: string): boolean {
  return !/[^A-Za-z0-9 ]| {2}/.test(text);
}

function swapSeparators(digits: string): string {
  return digits.replace(/[.,]/g, (mark) => (mark === ',' ? '.' : ','));
}

function example(shape: MoneyShape): string {
  if (shape.pound === 'required') return '"£1,234.56"';
  return shape.decimal === ',' ? '"1.234,56"' : '"1234.56"';
}
