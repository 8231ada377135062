import { readTable, profileGroups } from '../csv/csv-format.js';
import type { CsvProfile } from '../../core/csv-profile.js';
import type { BytesFormat } from '../../core/statement-format.js';
import { sheetRows } from './xlsx-rows.js';
import { isSpreadsheet } from '../../core/zip.js';

/** The spreadsheets that banks offer beside their CSV, with the same columns: read by the same profiles. */
export const xlsxFormat: BytesFormat = {
  takes: 'bytes',
  name: 'xlsx',
  parserVersion: 'xlsx/1',
  recognises: isSpreadsheet,
  profileNames: (options) => groups(options).flatMap((profiles) => profiles.map(({ name }) => name)),
  read: (bytes, options, sink) => readTable(sheetRows(bytes), options, groups(options), sink),
};

/**
 * A cell that holds a date gives it as `2026-01-31`, however the sheet shows it, so every profile reads that too. Two
 * banks with the same columns differ in how they write dates: where both are read, one profile stands for both.
 */
function groups(options: Parameters<typeof profileGroups>[0]): CsvProfile[][] {
  return profileGroups(options).map((profiles) => {
    const byHeader = new Map<string, CsvProfile>();
    for (const profile of profiles) {
      const dates = [...new Set(['yyyy-mm-dd' as const, ...profile.dates])];
      const first = byHeader.get(profile.header.join());
      if (first && dates.every((shape) => first.dates.includes(shape))) continue;
      byHeader.set(first ? `${profile.header.join()} ${profile.name}` : profile.header.join(), { ...profile, dates });
    }
    return [...byHeader.values()];
  });
}
