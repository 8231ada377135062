import { quoted } from '../../core/bank-text.js';
import { mt940FieldLinesMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';
import { TextLines } from '../../core/text-lines.js';

/** A field of an MT940 or MT942 message: `:61:…` and the lines that continue it. */
export interface Mt940Field {
  readonly tag: string;
  readonly lines: string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** The tag of what stands in `mt940Fields` for a line of `-`, behind which nothing belongs to the message before. */
export const endOfMessage = '-';

/** SWIFT frames its messages with control characters, which are no part of them. */
export function mt940Text(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}

/** Only the tags of MT940 and MT942 (and `NS` of some banks): text such as `:KO:` or `:12:` may begin a line too. */
const tagPattern = /^:(2[01]|25P?|28C?|13D?|34F|60[FM]|61|86|62[FM]|64|65|90[CD]|NS):(.*)$/s;

/**
 * Parts a text that arrives in pieces into fields, in order; what stands around the messages (SWIFT blocks, a bank's
 * header lines) is left out, and anything else there refuses the file, because it could be a line that lost its tag.
 */
export class Mt940Fields {
  private readonly lines = new TextLines();
  private open: Mt940Field | undefined;
  /** A line of one colon, which may be a tag's: see below. */
  private colon: number | undefined;

  constructor(private readonly give: (field: Mt940Field) => void) {}

  take(text: string): void {
    this.lines.take(mt940Text(text), this.takeLine);
  }

  end(): void {
    this.lines.end(this.takeLine);
    if (this.colon !== undefined) this.takeWritten(':', this.colon);
    this.close();
  }

  private readonly takeLine = (text: string, _end: string, line: number): void => {
    const { colon } = this;
    const written = text.startsWith('{') ? text.replace(/^\{1:.*\{4:/, '') : text;
    if (colon === undefined) {
      if (written === ':') this.colon = line;
      else this.takeWritten(written, line);
      return;
    }
    this.colon = undefined;
    // A bank's line breaks can part a tag: a line of one colon, and the rest on the next.
    if (tagPattern.test(`:${text}`)) return this.takeWritten(`:${text}`, colon);
    this.takeWritten(':', colon);
    this.takeLine(text, _end, line);
  };

  private takeWritten(written: string, line: number): void {
    const { open } = this;
    const match = !written.startsWith(':') || isTimeOfDay(written, open) ? null : tagPattern.exec(written);
    if (match) {
      this.close();
      this.open = { tag: match[1] as string, lines: [match[2] as string], line };
    } else if (written.trimEnd() === '-' || written.startsWith('-}')) {
      this.close();
      if (open) this.give({ tag: endOfMessage, lines: [], line });
    } else if (open) {
      if (open.lines.length >= mt940FieldLinesMax) {
        throw new Refusal(
          'TOO_LONG',
          `Line ${line}: the field of line ${open.line} has more than ${mt940FieldLinesMax} lines, which no bank writes: download the file again.`,
          line,
        );
      }
      open.lines.push(written);
    } else if (!isEnvelope(written)) {
      throw new Refusal(
        'FILE_MALFORMED',
        `Line ${line} is ${quoted(written)}, where a field such as ":61:" is expected: download the file again without editing it.`,
        line,
      );
    }
  }

  private close(): void {
    const { open } = this;
    this.open = undefined;
    if (open) this.give(open);
  }
}

/** `2017-01-01T13` at the end of one line, and `:25:11` on the next: a time of day that the line's end has parted. */
function isTimeOfDay(written: string, open: Mt940Field | undefined): boolean {
  return /^:[0-5]\d:[0-5]\d/.test(written) && /\dT\d\d$/.test(open?.lines.at(-1) ?? '');
}

function isEnvelope(written: string): boolean {
  return /^\s*$|^\{|^:940:|^[A-Z0-9]{2,16}$/.test(written);
}
