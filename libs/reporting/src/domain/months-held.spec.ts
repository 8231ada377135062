import { missingMonths } from './months-held.js';

describe('the months without a statement', () => {
  it('are the whole months since the account was opened that no file touches', () => {
    const held = [
      { firstDate: '2026-01-14', lastDate: '2026-02-20' },
      { firstDate: '2026-04-02', lastDate: '2026-04-29' },
    ];
    expect(missingMonths('2026-01-10', '2026-06-03', held)).toEqual(['2026-03', '2026-05']);
  });

  it('do not count the month that is still running', () => {
    expect(missingMonths('2026-05-01', '2026-05-31', [])).toEqual([]);
    expect(missingMonths('2026-05-01', '2026-06-01', [])).toEqual(['2026-05']);
  });

  it('end when the account was closed', () => {
    expect(missingMonths('2026-01-01', '2026-06-10', [], '2026-02-15')).toEqual(['2026-01', '2026-02']);
  });
});
