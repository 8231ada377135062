import { problemTypes } from '@ringfence/kernel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Row {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly advice: string;
}

describe('docs/reference/problems.md', () => {
  const rows = rowsOf(readFileSync(join(import.meta.dirname, '../../docs/reference/problems.md'), 'utf8'));

  it('lists every problem in the order of libs/kernel/src/problems.ts, with its status and its title', () => {
    expect(rows.map(({ code, status, title }) => ({ code, status, title }))).toEqual(
      Object.entries(problemTypes).map(([code, { status, title }]) => ({ code, status, title })),
    );
  });

  it('says what to do about each, in whole sentences', () => {
    const poor = rows.filter(({ advice }) => advice.length < 20 || !/^[A-Z].*\.$/.test(advice));
    expect(poor).toEqual([]);
  });
});

/** The rows of the table: | `code` | status | title | advice | */
function rowsOf(page: string): Row[] {
  return [...page.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, code, status, title, advice]) => ({ code: code!, status: Number(status), title: title!, advice: advice! }),
  );
}
