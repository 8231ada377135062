import { quoted } from './bank-text.js';
import { statementLinesMax } from './limits.js';
import { Refusal } from './outcome.js';

/** A field of a QIF record: its letter, and what stands behind it. */
export interface QifField {
  readonly letter: string;
  readonly value: string;
  readonly line: number;
}

export interface QifRecord {
  /** Of the section in which it stands: `bank`, `account`, `cat`, in small letters. */
  readonly type: string;
  /** Counts the `!` headers, so that two sections of one type are told apart. */
  readonly section: number;
  readonly fields: readonly QifField[];
  readonly line: number;
  readonly raw: string;
}

export interface QifSection {
  readonly type: string;
  readonly line: number;
}

/** The records of a file, each ended by `^`, and the sections in which they stand. */
export function qifRecords(text: string): { records: QifRecord[]; sections: QifSection[] } {
  const records: QifRecord[] = [];
  const sections: QifSection[] = [];
  let fields: QifField[] = [];
  const close = (line: number): void => {
    const section = sections.at(-1);
    if (section === undefined) throw misplaced('^', line);
    if (fields.length > 0) {
      const raw = fields.map(({ letter, value }) => letter + value).join('\n');
      records.push({ type: section.type, section: sections.length - 1, fields, line: fields[0]?.line ?? line, raw });
    }
    if (records.length > statementLinesMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The file has more than ${statementLinesMax} records: download a shorter period.`,
      );
    }
    fields = [];
  };
  const lines = text.split(/\r\n|\n|\r/);
  lines.forEach((written, at) => {
    const line = at + 1;
    const trimmed = written.trimEnd();
    if (trimmed === '' || (sections.length === 0 && trimmed.startsWith('#'))) return;
    if (trimmed.startsWith('!')) {
      if (fields.length > 0) throw cutShort(line);
      const type = sectionType(trimmed, line);
      if (type !== undefined) sections.push({ type, line });
    } else if (trimmed === '^') {
      close(line);
    } else {
      const letter = trimmed.charAt(0);
      if (sections.length === 0 || !/^[A-Z$%^]/.test(letter)) throw misplaced(trimmed, line);
      fields.push({ letter, value: trimmed.slice(1).trim(), line });
    }
  });
  if (fields.length > 0) throw cutShort(lines.length);
  return { records, sections };
}

/** `!Type:Bank` and `!Account` begin sections; `!Option:` and `!Clear:` say how Quicken should import. */
function sectionType(header: string, line: number): string | undefined {
  if (/^!(?:Option|Clear):/i.test(header)) return undefined;
  if (/^!Account\s*$/i.test(header)) return 'account';
  const type = /^!Type:\s*(.+)$/i.exec(header)?.[1]?.trim().toLowerCase();
  if (type !== undefined) return type;
  throw new Refusal('FILE_MALFORMED', `Line ${line} is ${quoted(header)}, which is no header of QIF.`, line);
}

function cutShort(line: number): Refusal {
  return new Refusal(
    'FILE_TRUNCATED',
    `Line ${line}: the record before has no "^" at its end, so the file was cut short: download it again.`,
    line,
  );
}

function misplaced(written: string, line: number): Refusal {
  return new Refusal(
    'FILE_MALFORMED',
    `Line ${line} is ${quoted(written)}, where a header such as "!Type:Bank" or a field of QIF is expected.`,
    line,
  );
}
