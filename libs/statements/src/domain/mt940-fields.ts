import { quoted } from './bank-text.js';
import { Refusal } from './outcome.js';

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
 * The fields of a file in order; what stands around the messages (SWIFT blocks, a bank's header lines) is left out,
 * and anything else there refuses the file, because it could be a line that lost its tag.
 */
export function mt940Fields(text: string): Mt940Field[] {
  const fields: Mt940Field[] = [];
  let open: Mt940Field | undefined;
  const lines = mt940Text(text).split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let written = (lines[at] ?? '').replace(/^\{1:.*\{4:/, '');
    // A bank's line breaks can part a tag: a line of one colon, and the rest on the next.
    if (written === ':' && tagPattern.test(`:${lines[at + 1] ?? ''}`)) {
      at += 1;
      written = `:${lines[at] ?? ''}`;
    }
    const match = isTimeOfDay(written, open) ? null : tagPattern.exec(written);
    if (match) {
      open = { tag: match[1] as string, lines: [match[2] as string], line };
      fields.push(open);
    } else if (written.trimEnd() === '-' || written.startsWith('-}')) {
      if (open) fields.push({ tag: endOfMessage, lines: [], line });
      open = undefined;
    } else if (open) {
      open.lines.push(written);
    } else if (!isEnvelope(written)) {
      throw new Refusal(
        'FILE_MALFORMED',
        `Line ${line} is ${quoted(written)}, where a field such as ":61:" is expected: download the file again without editing it.`,
        line,
      );
    }
  }
  return fields;
}

/** `2017-01-01T13` at the end of one line, and `:25:11` on the next: a time of day that the line's end has parted. */
function isTimeOfDay(written: string, open: Mt940Field | undefined): boolean {
  return /^:[0-5]\d:[0-5]\d/.test(written) && /\dT\d\d$/.test(open?.lines.at(-1) ?? '');
}

function isEnvelope(written: string): boolean {
  return /^\s*$|^\{|^:940:|^[A-Z0-9]{2,16}$/.test(written);
}
