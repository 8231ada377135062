import { crc32, deflateRawSync } from 'node:zlib';
import { decimalText, type CalendarDate, type Money } from '@ringfence/kernel';

/** A statement to be written in the manner of a bank, and read back. */
export interface WrittenStatement {
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly opening: Money;
  readonly lines: readonly WrittenLine[];
}

export interface WrittenLine {
  readonly date: CalendarDate;
  readonly pence: Money;
  readonly words: string;
  readonly id: string;
}

export function closingOf({ opening, lines }: WrittenStatement): Money {
  return lines.reduce((sum, { pence }) => sum + pence, opening);
}

export function csvOf({ opening, lines }: WrittenStatement): Uint8Array {
  let balance = opening;
  const rows = lines.map(({ date, pence, words }) => {
    balance += pence;
    const cells = [ukDate(date), words, decimalText(pence), decimalText(balance)];
    return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  });
  return bytesOf(['Date,Description,Amount,Balance', ...rows, ''].join('\r\n'));
}

export function qifOf({ lines }: WrittenStatement): Uint8Array {
  const records = lines.map(({ date, pence, words }) => `D${ukDate(date)}\nT${decimalText(pence)}\nP${words}\n^\n`);
  return bytesOf(`!Type:Bank\n${records.join('')}`);
}

export function ofxOf(statement: WrittenStatement, xml: boolean): Uint8Array {
  const { sortCode, accountNumber, lines } = statement;
  const last = compactDate(lines.at(-1)?.date ?? '2026-04-01');
  const value = (name: string, text: string): string => `<${name}>${escaped(text)}${xml ? `</${name}>` : ''}\n`;
  const transactions = lines.map(
    ({ date, pence, words, id }) =>
      `<STMTTRN>\n${value('TRNTYPE', 'OTHER')}${value('DTPOSTED', compactDate(date))}${value('TRNAMT', decimalText(pence))}${value('FITID', id)}${value('NAME', words)}</STMTTRN>\n`,
  );
  const head = xml
    ? '<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="202"?>\n'
    : 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n';
  return bytesOf(
    `${head}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>${value('CURDEF', 'GBP')}<BANKACCTFROM>${value('BANKID', sortCode)}${value('ACCTID', accountNumber)}</BANKACCTFROM><BANKTRANLIST>${value('DTSTART', last)}${value('DTEND', last)}${transactions.join('')}</BANKTRANLIST><LEDGERBAL>${value('BALAMT', decimalText(closingOf(statement)))}${value('DTASOF', last)}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
  );
}

export function mt940Of(statement: WrittenStatement): Uint8Array {
  const { sortCode, accountNumber, opening, lines } = statement;
  const balance = (tag: string, pence: Money, date: CalendarDate): string =>
    `:${tag}:${pence < 0n ? 'D' : 'C'}${shortDate(date)}GBP${comma(pence)}`;
  const first = lines[0]?.date ?? '2026-04-01';
  const entries = lines.flatMap(({ date, pence, words, id }) => [
    `:61:${shortDate(date)}${shortDate(date).slice(2)}${pence < 0n ? 'D' : 'C'}${comma(pence)}NTRFNONREF//${id}`,
    `:86:${wrapped(words, 61).join('\r\n')}`,
  ]);
  const fields = [
    ':20:STATEMENT',
    `:25:${sortCode}/${accountNumber}`,
    ':28C:1/1',
    balance('60F', opening, first),
    ...entries,
    balance('62F', closingOf(statement), lines.at(-1)?.date ?? first),
    '-',
  ];
  return bytesOf(`${fields.join('\r\n')}\r\n`);
}

export type CamtMessage = 'camt.052' | 'camt.053' | 'camt.054';

/** Version 1 has its version in the root's name; from version 8 on, the state of an entry is a code in an element. */
export function camtOf(statement: WrittenStatement, message: CamtMessage, version: number): Uint8Array {
  const { sortCode, accountNumber, opening, lines } = statement;
  const root = { 'camt.052': 'BkToCstmrAcctRpt', 'camt.053': 'BkToCstmrStmt', 'camt.054': 'BkToCstmrDbtCdtNtfctn' }[
    message
  ];
  const body = { 'camt.052': 'Rpt', 'camt.053': 'Stmt', 'camt.054': 'Ntfctn' }[message];
  const name = version === 1 ? `${root}V01` : root;
  const amount = (pence: Money): string =>
    `<Amt Ccy="GBP">${decimalText(pence < 0n ? -pence : pence)}</Amt><CdtDbtInd>${pence < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
  const balance = (code: string, pence: Money): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(pence)}<Dt><Dt>2026-04-01</Dt></Dt></Bal>`;
  const balances = message === 'camt.054' ? '' : balance('OPBD', opening) + balance('CLBD', closingOf(statement));
  const status = version >= 8 ? '<Sts><Cd>BOOK</Cd></Sts>' : '<Sts>BOOK</Sts>';
  const entries = lines.map(
    ({ date, pence, words, id }) =>
      `<Ntry>${amount(pence)}${status}<BookgDt><Dt>${date}</Dt></BookgDt><AcctSvcrRef>${id}</AcctSvcrRef><BkTxCd/><AddtlNtryInf>${escaped(words)}</AddtlNtryInf></Ntry>\n`,
  );
  return bytesOf(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}.001.0${version}"><${name}><GrpHdr><MsgId>1</MsgId></GrpHdr><${body}><Id>1</Id><Acct><Id><IBAN>GB82WEST${sortCode}${accountNumber}</IBAN></Id><Ccy>GBP</Ccy></Acct>${balances}\n${entries.join('')}</${body}></${name}></Document>`,
  );
}

/** A workbook as spreadsheets write it: shared texts, dates as serial numbers with a style, amounts as numbers. */
export function xlsxOf(statement: WrittenStatement): Uint8Array {
  return zipOf(xlsxParts(statement));
}

export function xlsxParts({ opening, lines }: WrittenStatement): Record<string, string> {
  const texts = ['Date', 'Description', 'Amount', 'Balance', ...lines.map(({ words }) => words)];
  let balance = opening;
  const rows = lines.map(({ date, pence }, at) => {
    balance += pence;
    const row = at + 2;
    return `<row r="${row}"><c r="A${row}" s="1"><v>${serialOf(date)}</v></c><c r="B${row}" t="s"><v>${at + 4}</v></c><c r="C${row}"><v>${decimalText(pence)}</v></c><c r="D${row}"><v>${decimalText(balance)}</v></c></row>`;
  });
  const header = `<row r="1">${[0, 1, 2, 3].map((at) => `<c r="${'ABCD'.charAt(at)}1" t="s"><v>${at}</v></c>`).join('')}</row>`;
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return {
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${relations}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${header}${rows.join('')}</sheetData></worksheet>`,
  };
}

/** An archive with these files in it (PKWARE APPNOTE 6.3). */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as Uint8Array);
    const packed = deflateRawSync(bytes);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset, 0);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), shared, Buffer.alloc(10), at, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listed, Buffer.from('PK\x05\x06'), end]);
}

/** A printed statement: a heading on every page, amounts on the right of their columns, a balance on every line. */
export function pdfStatementOf(statement: WrittenStatement, linesPerPage = 20): Uint8Array {
  const pages: PdfText[][] = [];
  let balance = statement.opening;
  for (let from = 0; from === 0 || from < statement.lines.length; from += linesPerPage) {
    const page: PdfText[] = [
      { x: 50, y: 780, text: `Sort code ${statement.sortCode} Account number ${statement.accountNumber} amounts in £` },
      { x: 50, y: 700, text: 'Date' },
      { x: 120, y: 700, text: 'Description' },
      { right: 400, y: 700, text: 'Money out' },
      { right: 470, y: 700, text: 'Money in' },
      { right: 550, y: 700, text: 'Balance' },
      { x: 120, y: 684, text: 'Brought forward' },
      { right: 550, y: 684, text: grouped(balance) },
    ];
    statement.lines.slice(from, from + linesPerPage).forEach(({ date, pence, words }, at) => {
      const y = 668 - at * 30;
      balance += pence;
      page.push({ x: 50, y, text: printedDate(date) });
      wrapped(words, 28).forEach((part, row) => page.push({ x: 120, y: y - row * 11, text: part }));
      page.push({ right: pence < 0n ? 400 : 470, y, text: grouped(pence < 0n ? -pence : pence) });
      page.push({ right: 550, y, text: grouped(balance) });
    });
    pages.push(page);
  }
  return pdfOf(pages);
}

/** A piece of text in Helvetica of 9 points, `x` or `right` and `y` in points from the lower left corner. */
export type PdfText = { readonly y: number; readonly text: string } & (
  { readonly x: number } | { readonly right: number }
);

export function pdfOf(pages: readonly (readonly PdfText[])[]): Uint8Array {
  const objects: string[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  const kids = pages.map((texts) => {
    const content = texts
      .map((piece) => {
        const x = 'x' in piece ? piece.x : piece.right - widthOf(piece.text);
        return `BT /F1 9 Tf ${x.toFixed(2)} ${piece.y} Td (${piece.text.replace(/[\\()]/g, '\\$&')}) Tj ET`;
      })
      .join('\n');
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    );
    return `${objects.length} 0 R`;
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** Near enough for Helvetica: digits are 556 thousandths of the size wide, marks 278. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[.,\- ]/.test(letter) ? 0.29 : 0.556), 0) * 9;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function comma(pence: Money): string {
  return decimalText(pence < 0n ? -pence : pence).replace('.', ',');
}

function grouped(pence: Money): string {
  return decimalText(pence).replace(/\B(?=(\d{3})+\.)/g, ',');
}

function ukDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}

function compactDate(date: CalendarDate): string {
  return date.replaceAll('-', '');
}

function shortDate(date: CalendarDate): string {
  return compactDate(date).slice(2);
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function printedDate(date: CalendarDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day} ${months[Number(month) - 1]} ${year}`;
}

/** Days since 30 December 1899. */
function serialOf(date: CalendarDate): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse('1899-12-30T00:00:00Z')) / 86_400_000);
}

/** Lines of whole words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
