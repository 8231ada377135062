import { quoted } from '../../core/bank-text.js';
import { qifFieldsMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';
import { TextLines } from '../../core/text-lines.js';

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

/** Parts a text that arrives in pieces into records, each ended by `^`, and names the sections in which they stand. */
export class QifRecords {
  private readonly lines = new TextLines();
  private section: QifSection | undefined;
  private sections = 0;
  private fields: QifField[] = [];
  private lastLine = 1;

  constructor(
    private readonly give: (record: QifRecord) => void,
    private readonly giveSection: (section: QifSection) => void = () => undefined,
  ) {}

  take(text: string): void {
    this.lines.take(text, this.takeLine);
  }

  end(): void {
    this.lines.end(this.takeLine);
    if (this.fields.length > 0) throw cutShort(this.lastLine);
  }

  private readonly takeLine = (written: string, end: string, line: number): void => {
    this.lastLine = end === '' ? line : line + 1;
    const trimmed = written.trimEnd();
    if (trimmed === '' || (this.sections === 0 && trimmed.startsWith('#'))) return;
    if (trimmed.startsWith('!')) {
      if (this.fields.length > 0) throw cutShort(line);
      const type = sectionType(trimmed, line);
      if (type === undefined) return;
      this.section = { type, line };
      this.sections += 1;
      this.giveSection(this.section);
    } else if (trimmed === '^') {
      this.close(line);
    } else {
      const letter = trimmed.charAt(0);
      if (this.section === undefined || !/^[A-Z$%^]/.test(letter)) throw misplaced(trimmed, line);
      if (this.fields.length >= qifFieldsMax) {
        throw new Refusal(
          'TOO_LONG',
          `Line ${line}: the record has more than ${qifFieldsMax} fields, which no bank writes: download the file again.`,
          line,
        );
      }
      this.fields.push({ letter, value: trimmed.slice(1).trim(), line });
    }
  };

  private close(line: number): void {
    const { section, fields } = this;
    if (section === undefined) throw misplaced('^', line);
    this.fields = [];
    if (fields.length === 0) return;
    const raw = fields.map(({ letter, value }) => letter + value).join('\n');
    this.give({ type: section.type, section: this.sections - 1, fields, line: fields[0]?.line ?? line, raw });
  }
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
