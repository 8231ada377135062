import { type Problem } from '@ringfence/kernel';
import { requiredColumns } from './columns.js';
import { importFileBytesMax, importRowsMax, readImportFile } from './read-file.js';

const header = requiredColumns.join(',');
const row = requiredColumns.map((column) => (column === 'child_name' ? 'Zoë £' : 'x')).join(',');

function refusal(file: Uint8Array | string): string {
  try {
    readImportFile(file);
  } catch (error) {
    expect((error as Problem).code).toBe('import-refused');
    return (error as Problem).message;
  }
  throw new Error('it was accepted');
}

describe('an import file', () => {
  it('is read as UTF-8, with and without a byte order mark, as UTF-16 and as Windows-1252', () => {
    const text = `${header}\r\n${row}\r\n`;
    const latin = Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const file of [text, `\ufeff${text}`, Buffer.from(text), Buffer.from(`\ufeff${text}`), latin, utf16]) {
      expect(readImportFile(file).map(({ cells }) => cells.child_name)).toEqual(['Zoë £']);
    }
  });

  it('may have its columns in any order, named as a person writes them, between semicolons or tabs', () => {
    for (const mark of [';', '\t']) {
      const names = [...requiredColumns].reverse().map((column) => column.replaceAll('_', ' ').toUpperCase());
      const [read] = readImportFile(`${names.join(mark)}\n${names.map((_, order) => order).join(mark)}\n`);
      expect(read?.cells.amount).toBe('0');
    }
  });

  it('is read in one pass, though a cell is a long run of line breaks, and counts them', () => {
    const readWith = (breaks: number): number => {
      const long = row.replace('Zoë £', `"x${'\n'.repeat(breaks)}x"`);
      const began = process.cpuUsage();
      expect(readImportFile(`${header}\n${long}\n${row}\n`).map(({ line }) => line)).toEqual([2, breaks + 3]);
      return process.cpuUsage(began).user;
    };
    const leastOf = (breaks: number) => Math.min(...Array.from({ length: 4 }, () => readWith(breaks)));
    // Eight times as much takes some eight times as long in one pass, and 64 times when each break looks back.
    const [short, long] = [leastOf(20_000), leastOf(160_000)];
    expect(long / Math.max(short, 1_000)).toBeLessThan(32);
  });

  it('counts its lines as an editor does, blank lines and line breaks in cells included', () => {
    const broken = row.replace('Zoë £', '"Zoë\n£"');
    expect(readImportFile(`${header}\n${broken}\n\n${row}\n`).map(({ line }) => line)).toEqual([2, 5]);
  });

  it('is refused when it is empty, has a header alone or too many rows', () => {
    expect(refusal('')).toBe('The file is empty: its first line names the columns.');
    expect(refusal(header)).toBe('The file has a header and no rows: write one row for each budget line.');
    expect(refusal(`${header}\n${`${row}\n`.repeat(importRowsMax + 1)}`)).toBe(
      'The file has 5001 rows: import 5000 at a time.',
    );
  });

  it('is refused when its header lacks a column, has an unknown one or one twice', () => {
    expect(refusal(`${header.replace(',amount', '')}\n${row}`)).toBe('The header lacks "amount": add what is missing.');
    expect(refusal(`${header},colour\n${row}`)).toBe(
      'The header has "colour", which no import has: rename or delete that column.',
    );
    expect(refusal(`${header},Amount\n${row}`)).toBe('The header has "amount" twice: keep one of them.');
  });

  it('is refused when it is a spreadsheet, is binary, is too large or breaks off', () => {
    expect(refusal(Buffer.from('PK\u0003\u0004'))).toBe(
      'The file is a spreadsheet, not a CSV: save it as "CSV UTF-8" and send that.',
    );
    expect(refusal(Buffer.from('a\u0000b'))).toBe(
      'The file is not text: save the spreadsheet as "CSV UTF-8" and send that.',
    );
    expect(refusal(new Uint8Array(importFileBytesMax + 1))).toBe(
      'The file has 2097153 bytes: an import takes 2097152 at most.',
    );
    expect(refusal(`${header}\n"${row}\n`)).toMatch(/^The file breaks off or has a stray quotation mark at line \d: /);
  });
});
