import { DemoYear, workday } from './demo-year.js';

describe('The year of the demo', () => {
  it('is the twelve months before the month of today', () => {
    const year = new DemoYear('2026-11-21');
    expect([year.first, year.last, year.months.length]).toEqual(['2025-11-01', '2026-10-31', 12]);
    expect(new DemoYear('2026-01-01').last).toBe('2025-12-31');
  });

  it('has each month of the calendar once, whatever the day', () => {
    const numbers = new DemoYear('2028-02-29').months.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('moves no money at weekends, and keeps it in its month', () => {
    expect(workday('2026-07-04')).toBe('2026-07-06');
    expect(workday('2026-07-05')).toBe('2026-07-06');
    expect(workday('2026-02-28')).toBe('2026-02-27');
    expect(workday('2026-07-06')).toBe('2026-07-06');
  });
});
