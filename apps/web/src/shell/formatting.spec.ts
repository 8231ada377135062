import { counted, dayInWords, monthsInWords } from './formatting.js';

describe('Dates and counts on a page', () => {
  it('say a day with how far off it is', () => {
    expect(dayInWords('2026-06-15', '2026-07-01')).toBe('1 July 2026 (in 16 days)');
    expect(dayInWords('2026-06-15', '2026-06-16')).toBe('16 June 2026 (tomorrow)');
    expect(dayInWords('2026-06-15', '2026-06-12')).toBe('12 June 2026 (3 days ago)');
  });

  it('say the year once for the months that share it', () => {
    expect(monthsInWords(['2026-04-01', '2026-05-01', '2026-06-01'])).toBe('April, May and June 2026');
    expect(monthsInWords(['2025-12-01', '2026-01-01'])).toBe('December 2025 and January 2026');
    expect(monthsInWords(['2026-04-01'])).toBe('April 2026');
  });

  it('count in the singular too', () => {
    expect([counted(1, 'line'), counted(2, 'line'), counted(2, 'budget of ours', 'budgets of ours')]).toEqual([
      '1 line',
      '2 lines',
      '2 budgets of ours',
    ]);
  });
});
