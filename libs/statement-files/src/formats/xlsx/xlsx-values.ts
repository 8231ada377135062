import { addDays, type CalendarDate } from '@ringfence/kernel';

/** A spreadsheet keeps and shows this many digits of a number (ECMA-376 part 1, section 18.3.1.96 and Excel's limits). */
const digitsKept = 15;

/**
 * The number of a cell as a plain decimal. Spreadsheets write the digits of a binary number, so that 1.1 can stand in
 * the file as `1.1000000000000001`: what the sheet holds and shows are the first fifteen digits, taken here by
 * arithmetic on the text. Undefined for what is no number.
 */
export function decimalOfDouble(written: string): string | undefined {
  const match = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(written.trim());
  if (!match || `${match[2] ?? ''}${match[3] ?? ''}` === '') return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  let digits = (whole + fraction).replace(/^0+(?=\d)/, '');
  let decimals = fraction.length - Number(exponent);
  if (digits.length > digitsKept) {
    const dropped = digits.length - digitsKept;
    const up = digits.charAt(digitsKept) >= '5' ? 1n : 0n;
    digits = (BigInt(digits.slice(0, digitsKept)) + up).toString();
    decimals -= dropped;
  }
  if (decimals < 0) {
    digits += '0'.repeat(-decimals);
    decimals = 0;
  }
  const padded = digits.padStart(decimals + 1, '0');
  const [integer, rest] = [padded.slice(0, padded.length - decimals), padded.slice(padded.length - decimals)];
  const plain = rest.replace(/0+$/, '') === '' ? integer : `${integer}.${rest.replace(/0+$/, '')}`;
  return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

/**
 * The day of a serial number: days since 30 December 1899, as sheets count that believe in 29 February 1900, or since
 * 1 January 1904. The time of day behind the point is read past.
 */
export function dateOfSerial(decimal: string, from1904: boolean): CalendarDate | undefined {
  const days = /^(\d{1,7})(?:\.\d+)?$/.exec(decimal)?.[1];
  if (days === undefined) return undefined;
  const number = Number(days);
  if (from1904) return number < 2_958_466 - 1462 ? addDays('1904-01-01', number) : undefined;
  return number > 60 && number < 2_958_466 ? addDays('1899-12-30', number) : undefined;
}

/** Numbers of the date formats that are built in; others are dates when their code has days, months or years in it. */
export function isDateFormat(id: string, code: string | undefined): boolean {
  if (code === undefined) return /^(?:1[4-7]|22|2[7-9]|3[0-6]|5[0-8])$/.test(id);
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[dy]/i.test(bare) && !/[#0?]/.test(bare);
}
