import { Decimal } from 'decimal.js';
import { Problem } from './problems.js';

/** An amount of sterling in whole pence. Never a float, never a JSON number. */
export type Money = bigint;

/** The largest amount that any document or request may carry: £99,999,999,999.99. */
export const moneyMaxPence: Money = 9_999_999_999_999n;

const plainDecimal = /^([+-]?)(\d{1,13})(?:\.(\d+))?$/;

/**
 * The one place where a decimal text becomes pence. Takes an optional sign, digits and a fraction; decimals beyond
 * the second are accepted only when they are zeros (banks export `-30.000`). No separators, no currency sign:
 * statement formats strip their own. Returns undefined for anything else.
 */
export function penceFromText(text: string): Money | undefined {
  const match = plainDecimal.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(2))) return undefined;
  const pence = BigInt(whole) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'));
  if (pence > moneyMaxPence) return undefined;
  return sign === '-' ? -pence : pence;
}

/** Like {@link penceFromText}, but refuses with a sentence that names the field. `field` is a JSON pointer. */
export function requirePence(text: unknown, field: string): Money {
  if (typeof text !== 'string') {
    throw Problem.field(field, `${field} must be a decimal string such as "12.34", not a ${typeof text}.`);
  }
  const pence = penceFromText(text);
  if (pence === undefined) {
    throw Problem.field(field, `${field} is ${JSON.stringify(text)}: write pounds and pence such as "12.34".`);
  }
  return pence;
}

/** Pence as the decimal string of the API: `-1234n` is `"-12.34"`. */
export function decimalText(pence: Money): string {
  const absolute = pence < 0n ? -pence : pence;
  return `${pence < 0n ? '-' : ''}${absolute / 100n}.${(absolute % 100n).toString().padStart(2, '0')}`;
}

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** Pence for a person: `-123456n` is `"−£1,234.56"`. */
export function poundsText(pence: Money): string {
  // A decimal string is formatted to the penny, whatever its size. A typographic minus does not break from its number.
  return pounds.format(decimalText(pence) as Intl.StringNumericLiteral).replace('-', '−');
}

/**
 * Splits a total by weights, to the penny: each part is rounded towards zero and the pennies left over go to the
 * largest remainders, ties to the earlier weight. The parts always sum to the total.
 */
export function splitMoney(total: Money, weights: readonly (Decimal.Value | bigint)[]): Money[] {
  const exact = weights.map((weight) => new Decimal(weight.toString()));
  const sum = exact.reduce((a, b) => a.plus(b), new Decimal(0));
  if (exact.length === 0 || exact.some((weight) => weight.isNegative()) || sum.isZero()) {
    throw new RangeError('splitMoney needs weights of zero or more that do not sum to zero');
  }
  const wide = Decimal.clone({ precision: 60 });
  const absolute = total < 0n ? -total : total;
  const shares = exact.map((weight, order) => {
    const share = new wide(absolute.toString()).times(weight).dividedBy(sum);
    const floor = share.floor();
    return { order, floor: BigInt(floor.toFixed(0)), remainder: share.minus(floor) };
  });
  let left = absolute - shares.reduce((a, share) => a + share.floor, 0n);
  const byRemainder = [...shares].sort((a, b) => b.remainder.comparedTo(a.remainder) || a.order - b.order);
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.floor += 1n;
    left -= 1n;
  }
  return shares.map((share) => (total < 0n ? -share.floor : share.floor));
}

/** Rate × quantity in pence, rounded half up (away from zero), as invoices and payslips do. */
export function timesRate(ratePence: Money, quantity: Decimal.Value): Money {
  const product = new Decimal(ratePence.toString()).times(quantity);
  return BigInt(product.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0));
}
