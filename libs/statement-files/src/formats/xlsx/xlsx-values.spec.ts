import { dateOfSerial, decimalOfDouble, isDateFormat } from './xlsx-values.js';

describe('the number of a cell', () => {
  it.each([
    ['12.34', '12.34'],
    ['-12', '-12'],
    ['1.1000000000000001', '1.1'],
    ['8.8500000000000005', '8.85'],
    ['-1525.8599999999999', '-1525.86'],
    ['99.994999999999997', '99.995'],
    ['999999999999999.9', '1000000000000000'],
    ['1.2E-2', '0.012'],
    ['1E3', '1000'],
    ['0', '0'],
    ['-0', '0'],
    ['.5', '0.5'],
    ['1,5', undefined],
    ['12-', undefined],
    ['', undefined],
  ])('%s is the first fifteen digits, taken from the text: %s', (written, decimal) => {
    expect(decimalOfDouble(written)).toBe(decimal);
  });

  it.each([
    ['46023', false, '2026-01-01'],
    ['46023.75', false, '2026-01-01'],
    ['44561', true, '2026-01-01'],
    // 29 February 1900 never was, and sheets count it.
    ['60', false, undefined],
    ['-1', false, undefined],
    ['9999999', false, undefined],
  ])('%s is a day', (serial, from1904, date) => {
    expect(dateOfSerial(serial, from1904)).toBe(date);
  });

  it.each([
    ['14', undefined, true],
    ['4', undefined, false],
    ['164', 'DD/MM/YYYY', true],
    ['164', '[$-809]d mmm yy;@', true],
    ['164', '"£"#,##0.00', false],
    ['164', '[Red]#,##0.00', false],
    ['164', 'General', false],
  ])('format %s %s shows a date: %s', (id, code, is) => {
    expect(isDateFormat(id, code)).toBe(is);
  });
});
