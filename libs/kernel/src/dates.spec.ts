import { calendarDate, calendarMonth, dateMax, dateMin, dateOf, requireDate } from './dates.js';

describe('a day that somebody names', () => {
  it('lies from 1900-01-01 to 2199-12-31', () => {
    expect([calendarDate(dateMin), calendarDate(dateMax)]).toEqual([dateMin, dateMax]);
    for (const text of ['0000-01-01', '0001-01-01', '1899-12-31', '2200-01-01', '9999-12-31']) {
      expect([text, calendarDate(text), dateOf(Number(text.slice(0, 4)), 1, 1)]).toEqual([text, undefined, undefined]);
    }
  });

  it('exists, and is written with all its digits', () => {
    for (const text of ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '+002026-01-01', '2026-01-01T00:00', '']) {
      expect([text, calendarDate(text)]).toEqual([text, undefined]);
    }
    expect(calendarDate('2028-02-29')).toBe('2028-02-29');
  });

  it('is refused in a sentence that names the field and the range', () => {
    expect(() => requireDate('0001-01-01', '/from')).toThrow(
      '/from is "0001-01-01": write a day that exists, from 1900-01-01 to 2199-12-31, as "2026-04-01".',
    );
  });

  it('has a month of the same range', () => {
    expect(calendarMonth('1900-01')).toBe('1900-01');
    for (const text of ['0000-01', '1899-12', '2200-01', '2026-13', '2026-4', '2026-04-01']) {
      expect([text, calendarMonth(text)]).toEqual([text, undefined]);
    }
  });
});
