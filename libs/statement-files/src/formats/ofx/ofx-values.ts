import { dateOf, type CalendarDate, type Money } from '@ringfence/kernel';
import { normalAccount, oneSpaced, penceOfBankText, quoted } from '../../core/bank-text.js';
import { descriptionCharactersMax } from '../../core/limits.js';
import { child, type OfxElement } from './ofx-elements.js';
import { Refusal } from '../../core/outcome.js';

/**
 * The calendar date as the bank wrote it: `20260903120000.000[-5:EST]` is 3 September wherever it is read. The first
 * of the named elements that is there.
 */
export function ofxDate(element: OfxElement, names: readonly string[]): CalendarDate {
  const found = names.map((name) => child(element, name)).find((candidate) => candidate && candidate.value !== '');
  if (found === undefined) {
    const empty = names.map((name) => child(element, name)).find(Boolean);
    const line = empty?.line ?? element.line;
    throw new Refusal(
      'DATE_MISSING',
      `Line ${line}: <${element.name}> has ${empty ? 'an empty' : 'no'} ${names[0]}, where a date such as "20260131" is expected.`,
      line,
    );
  }
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{2,6})?(?:[.:]\d+)?(?:\s*\[[^\]]*\])?$/.exec(found.value);
  const date = match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
  if (date !== undefined) return date;
  const why = match ? 'a day that does not exist' : 'where a date such as "20260131" is expected';
  throw new Refusal('DATE_WRONG', `Line ${found.line}: ${found.name} is ${quoted(found.value)}, ${why}.`, found.line);
}

/**
 * The pence of an amount. OFX allows a decimal point or a decimal comma and no thousands, and banks write thousands
 * all the same: of two different marks the last is the decimal one. `1,234` could be either and is refused.
 */
export function ofxAmount(element: OfxElement, name: string): Money {
  const found = child(element, name);
  if (found === undefined || found.value === '') {
    const line = (found ?? element).line;
    throw new Refusal(
      'AMOUNT_MISSING',
      `Line ${line}: <${element.name}> has ${found ? 'an empty' : 'no'} ${name}, where an amount is expected.`,
      line,
    );
  }
  const digits = found.value.replace(/[^\d.,]/g, '');
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (point < 0 && /^[1-9]\d{0,2},\d{3}$/.test(digits)) {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${found.line}: ${name} is ${quoted(found.value)}, which could be thousands or a fraction: write it with two decimals.`,
      found.line,
    );
  }
  const lone = digits.indexOf(',') === comma;
  const decimal = comma > point && (lone || point >= 0) ? ',' : '.';
  return penceOfBankText(found.value, { decimal }, name, found.line);
}

/** Sort code and number where the file has both, else the number as it is. */
export function ofxAccount(statement: OfxElement): string | null {
  const from = ['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM'].map((name) => child(statement, name)).find(Boolean);
  const number = (from && child(from, 'ACCTID')?.value) ?? '';
  const bank = (from && child(from, 'BANKID')?.value) ?? '';
  return /^\d\d-?\d\d-?\d\d$/.test(bank) && /^\d{8}$/.test(number)
    ? normalAccount(`${bank} ${number}`)
    : normalAccount(number);
}

/** Name (or payee) and memo, in one line; a memo that begins with the name stands alone. */
export function ofxDescription(element: OfxElement): string {
  const payee = child(element, 'PAYEE');
  const name = oneSpaced(child(element, 'NAME')?.value || (payee && child(payee, 'NAME')?.value) || '');
  const memo = oneSpaced(child(element, 'MEMO')?.value ?? '');
  const description = memo.startsWith(name) ? memo : name.includes(memo) ? name : `${name} ${memo}`;
  if (description.length > descriptionCharactersMax) {
    throw new Refusal(
      'TOO_LONG',
      `Line ${element.line}: the description has ${description.length} characters, more than the ${descriptionCharactersMax} that are kept.`,
      element.line,
    );
  }
  return description;
}
