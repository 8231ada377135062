import { Problem } from '@ringfence/kernel';
import { parse } from 'csv-parse/sync';
import { normalise } from '../text/text.js';
import { registerTitles, type RegisterName, type RegisterRow } from './register.js';

export const registerBytesMax = 64 * 1024 * 1024;
export const registerRowsMax = 250_000;

interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a register's file: the ODS layout with or without a header (`epraccur`, `egdpprac`, `edispensary`), or merchant
 * codes with a header (`mcc`, then a description). Refuses the file, with the line, where anything is not as it must
 * be: a register with holes would make spends pass that should be asked about.
 */
export function readRegister(register: RegisterName, bytes: Uint8Array): RegisterRow[] {
  if (bytes.length > registerBytesMax) {
    throw new Problem('too-large', `The file has ${bytes.length} bytes: ${registerBytesMax} is the most.`);
  }
  const rows = csvRows(textOf(bytes));
  const [first] = rows;
  if (!first) throw refused(1, 'the file is empty: give the file as it was downloaded');
  const header = first.record.map((cell) => normalise(cell).replace(/ /g, ''));
  const hasHeader = header.some((cell) => ['organisationcode', 'code', 'mcc', 'name'].includes(cell));
  const columns = columnsOf(register, hasHeader ? header : undefined, first);
  const found: RegisterRow[] = [];
  const lineOfCode = new Map<string, number>();
  for (const { record, info } of hasHeader ? rows.slice(1) : rows) {
    const row = rowOf(register, record, info.lines, columns, first.record.length);
    const before = lineOfCode.get(row.code);
    if (before !== undefined)
      throw refused(info.lines, `${row.code} is on line ${before} already: take one of them out`);
    lineOfCode.set(row.code, info.lines);
    if (!columns.leaveOut(record)) found.push(row);
  }
  if (found.length === 0) throw refused(1, 'there is no row under the header: give the file as it was downloaded');
  refuseAnotherRegister(register, found);
  return found;
}

interface Columns {
  readonly code: number;
  readonly name: number;
  readonly address: readonly number[];
  readonly leaveOut: (record: readonly string[]) => boolean;
}

/** Opticians, hospices, care homes and prisons prescribe too, and are no GP practices: prescribing settings of epraccur. */
const settingsLeftOut = new Set(['11', '13', '14', '16', '17', '18', '19', '20', '21', '25']);

function columnsOf(register: RegisterName, header: readonly string[] | undefined, first: CsvRow): Columns {
  if (register === 'mcc') {
    const [code, name] = [header?.indexOf('mcc') ?? 0, header?.findIndex((cell) => cell.endsWith('description')) ?? 1];
    if (code < 0 || name < 0) throw refused(1, 'the header names no mcc and no description: give a file with both');
    return { code, name, address: [], leaveOut: () => false };
  }
  if (!header) {
    if (first.record.length < 10) {
      throw refused(
        first.info.lines,
        `it has ${first.record.length} columns and an ODS file has 10 or more: give the file as it was downloaded`,
      );
    }
    const setting = register === 'gp' ? 25 : -1;
    return {
      code: 0,
      name: 1,
      address: [5, 6, 7, 8],
      leaveOut: (record) => settingsLeftOut.has(record[setting] ?? ''),
    };
  }
  const code = header.findIndex((cell) => cell === 'organisationcode' || cell === 'code');
  const name = header.indexOf('name');
  if (code < 0 || name < 0) throw refused(1, 'the header names no OrganisationCode and no Name: give the ODS file');
  const address = header.flatMap((cell, at) => (/^address(line)?[2-5]$/.test(cell) ? [at] : []));
  const setting = header.indexOf('prescribingsetting');
  return { code, name, address, leaveOut: (record) => settingsLeftOut.has(record[setting] ?? '') };
}

function rowOf(
  register: RegisterName,
  record: readonly string[],
  line: number,
  columns: Columns,
  width: number,
): RegisterRow {
  if (record.length !== width) {
    throw refused(line, `it has ${record.length} columns and the first line has ${width}: the file may be cut off`);
  }
  const code = (record[columns.code] ?? '').trim().toUpperCase();
  const form = register === 'mcc' ? /^\d{4}$/ : /^[A-Z0-9]{3,12}$/;
  if (!form.test(code)) {
    const expected =
      register === 'mcc' ? 'a merchant code has four digits' : 'an ODS code has 3 to 12 letters and digits';
    throw refused(line, `its code is “${code.slice(0, 40)}”, and ${expected}`);
  }
  const name = (record[columns.name] ?? '').trim();
  if (name === '') throw refused(line, `${code} has no name: give it one or take it out`);
  if (name.length > registerNameMax) {
    throw refused(line, `the name of ${code} has ${name.length} characters: ${registerNameMax} is the most`);
  }
  return { code, name, places: placesOf(columns.address.map((at) => record[at] ?? '')) };
}

export const registerNameMax = 300;

/** Address lines that are towns or counties rather than streets. */
function placesOf(lines: readonly string[]): string[] {
  const places = lines.flatMap((line) => line.split(',')).map((line) => line.trim());
  return places.filter((place) => place.length > 2 && !/\d/.test(place) && !streetLine.test(place)).slice(-3);
}

const streetLine =
  /\b(ROAD|RD|STREET|ST|LANE|LN|AVENUE|AVE|CLOSE|DRIVE|WAY|TERRACE|CRESCENT|GARDENS|PARADE|MEWS|WALK|SURGERY|CENTRE|CTR|PRACTICE|CLINIC|HOSPITAL|HOUSE|UNIT|FLOOR|DENTAL|PHARMACY|HEALTH|MEDICAL)\.?$/i;

/** ODS codes say what they are of: dental sites begin with V, pharmacies with F. */
function refuseAnotherRegister(register: RegisterName, rows: readonly RegisterRow[]): void {
  if (register === 'mcc') return;
  const looksLike = (code: string): RegisterName =>
    /^V\d{5}$/.test(code) ? 'dental' : /^F[A-Z0-9]{2,4}$/.test(code) ? 'pharmacy' : 'gp';
  const counts = new Map<RegisterName, number>();
  for (const { code } of rows) counts.set(looksLike(code), (counts.get(looksLike(code)) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [register];
  if (most === register) return;
  const message = `The codes are those of the ${registerTitles[most]}: import the file as ${most}, or give another file as ${register}.`;
  throw new Problem('import-refused', message);
}

function csvRows(text: string): CsvRow[] {
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: registerRowsMax + 1,
    }) as unknown as CsvRow[];
    if (rows.length > registerRowsMax) {
      throw new Problem('too-large', `The file has more than ${registerRowsMax} rows: that is no register.`);
    }
    return rows;
  } catch (error) {
    if (error instanceof Problem) throw error;
    const line = (error as { lines?: number }).lines ?? 1;
    throw refused(line, 'its quotation marks do not match: give the file as it was downloaded');
  }
}

/** UTF-8, or the older Windows encoding in which the NHS published for years. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function refused(line: number, what: string): Problem {
  return new Problem('import-refused', `Line ${line} of the register is refused: ${what}.`, {
    extensions: { line },
  });
}
