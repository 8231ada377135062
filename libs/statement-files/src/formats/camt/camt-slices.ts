import { betweenLinesCharactersMax, camtEntryCharactersMax, xmlDepthMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';
import { documentType, xmlCutShort, xmlRoot, type XmlElement } from '../../core/xml.js';

export interface CamtHandlers {
  /** Whether an element of this name, in a message of that name, is a statement. */
  isStatement(message: string, name: string): boolean;
  /** An entry as it is written, the line on which it begins, and how many statements began before its own. */
  entry(text: string, line: number, statement: number): void;
}

/**
 * Cuts the entries out of a camt text that arrives in pieces, so that a file need not be parsed at once: each `Ntry`
 * of a statement is given as it is written, and the rest is parsed at the end, as if the entries had not been there.
 */
export class CamtSlices {
  private buffer = '';
  private lineOfBuffer = 1;
  private pendingCarriage = false;
  /** Names of the elements that stand open, without their prefixes. */
  private readonly open: string[] = [];
  /** What was not given, with the line on which each stretch of it begins. */
  private readonly rest: string[] = [];
  private readonly stretches: { readonly offset: number; readonly line: number }[] = [];
  private restLength = 0;
  /** Up to where the buffer has been looked through, and where the entry in it begins. */
  private at = 0;
  private entryAt = -1;
  private messages = 0;
  private statements = 0;

  constructor(private readonly handlers: CamtHandlers) {}

  take(piece: string): void {
    // One character for every line end.
    const text = (this.pendingCarriage ? '\r' : '') + piece;
    this.pendingCarriage = text.endsWith('\r');
    const whole = this.pendingCarriage ? text.slice(0, -1) : text;
    this.buffer += whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
    this.read();
    this.forget(this.entryAt < 0 ? this.at : this.entryAt);
    if (this.buffer.length > camtEntryCharactersMax) {
      throw tooLong(`what begins here has more than ${camtEntryCharactersMax} characters`, this.lineOfBuffer);
    }
  }

  /** What was not given, parsed, once `entriesGiven` has read the last entries; `lineAt` finds the line in the file of an offset in it. */
  end(entriesGiven: () => void): { readonly root: XmlElement; readonly lineAt: (offset: number) => number } {
    if (this.pendingCarriage) this.buffer += '\n';
    this.read();
    entriesGiven();
    if (this.entryAt >= 0) throw xmlCutShort(this.lineOfBuffer + newlines(this.buffer));
    this.forget(this.buffer.length);
    const text = this.rest.join('');
    const lastLine = this.lineOfBuffer;
    const lineAt = (offset: number): number => {
      // Behind the rest stand the entries that followed it.
      if (offset >= text.length) return lastLine;
      const stretch = this.stretches.findLast((each) => each.offset <= offset) ?? { offset: 0, line: 1 };
      return stretch.line + newlines(text.slice(stretch.offset, offset));
    };
    return { root: xmlRoot(text, lineAt), lineAt };
  }

  /** Looks through what has arrived, tag by tag; stops before one that is not all there. */
  private read(): void {
    for (;;) {
      const begin = this.buffer.indexOf('<', this.at);
      if (begin < 0) {
        this.at = this.buffer.length;
        return;
      }
      const end = this.endOfMarkup(begin);
      if (end < 0) {
        this.at = begin;
        return;
      }
      this.at = end;
      const second = this.buffer.charCodeAt(begin + 1);
      if (second === 33 || second === 63) continue; // ! or ?
      if (second === 47) this.close(end);
      else this.begin(begin, end);
    }
  }

  private begin(begin: number, end: number): void {
    const empty = this.buffer.charCodeAt(end - 2) === 47;
    const { open } = this;
    if (this.entryAt >= 0) {
      if (!empty) open.push('');
    } else {
      const name = localName(this.buffer, begin + 1, end);
      const [, message = ''] = open;
      if (open.length === 1 && open[0] === 'Document') this.messages += 1;
      if (open.length === 2 && this.handlers.isStatement(message, name)) this.statements += 1;
      const isEntry =
        open.length === 3 &&
        name === 'Ntry' &&
        this.messages === 1 &&
        this.handlers.isStatement(message, open[2] ?? '');
      if (isEntry && !empty) {
        // White space between two entries is nothing to keep: a file of a million would have as many stretches of it.
        if (this.restLength > 0 && this.buffer.slice(0, begin).trim() === '') this.drop(begin);
        else this.keep(begin);
        this.entryAt = 0;
        this.at = end - begin;
      }
      if (!empty) open.push(name);
    }
    if (open.length > xmlDepthMax) {
      throw new Refusal('FILE_MALFORMED', `The file has elements more than ${xmlDepthMax} deep in one another.`);
    }
  }

  private close(end: number): void {
    this.open.pop();
    if (this.entryAt < 0 || this.open.length > 3) return;
    const line = this.lineOfBuffer;
    const text = this.buffer.slice(0, end);
    this.entryAt = -1;
    this.drop(end);
    this.handlers.entry(text, line, this.statements - 1);
  }

  /** Moves what stands before an offset of the buffer to the rest. */
  private keep(offset: number): void {
    const text = this.buffer.slice(0, offset);
    this.stretches.push({ offset: this.restLength, line: this.lineOfBuffer });
    this.rest.push(text);
    this.restLength += text.length;
    if (this.restLength > betweenLinesCharactersMax) {
      throw tooLong(
        `the file holds more than ${betweenLinesCharactersMax} characters beside its entries`,
        this.lineOfBuffer,
      );
    }
    this.drop(offset);
  }

  private forget(offset: number): void {
    if (this.entryAt < 0 && offset > 0) this.keep(offset);
  }

  private drop(offset: number): void {
    this.lineOfBuffer += newlines(this.buffer.slice(0, offset));
    this.buffer = this.buffer.slice(offset);
    this.at = Math.max(0, this.at - offset);
  }

  /** Behind the markup that begins at an offset; -1 where it is not all there. */
  private endOfMarkup(begin: number): number {
    const { buffer } = this;
    const behind = (end: string, from: number): number => {
      const found = buffer.indexOf(end, from);
      return found < 0 ? -1 : found + end.length;
    };
    const second = buffer.charCodeAt(begin + 1);
    if (second === 63) return behind('?>', begin);
    if (second === 33) {
      if (buffer.startsWith('<!--', begin)) return behind('-->', begin + 4);
      if (buffer.startsWith('<![CDATA[', begin)) return behind(']]>', begin);
      if (/^<!(?:DOCTYPE|ENTITY)/i.test(buffer.slice(begin, begin + 9))) {
        throw documentType(this.lineOfBuffer + newlines(buffer.slice(0, begin)));
      }
      if (buffer.length < begin + 9) return -1;
    }
    let end = buffer.indexOf('>', begin);
    // In the quotation marks of an attribute a `>` ends nothing.
    while (end >= 0 && inQuotes(buffer, begin, end)) end = buffer.indexOf('>', end + 1);
    return end < 0 ? -1 : end + 1;
  }
}

function inQuotes(text: string, begin: number, end: number): boolean {
  if (text.indexOf('=', begin) > end) return false;
  let mark = 0;
  for (let at = begin; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (mark === 0 ? code === 34 || code === 39 : code === mark) mark = mark === 0 ? code : 0;
  }
  return mark !== 0;
}

function localName(text: string, from: number, end: number): string {
  const tag = /^[^\s/>]*/.exec(text.slice(from, end))?.[0] ?? '';
  return tag.slice(tag.indexOf(':') + 1);
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function tooLong(what: string, line: number): Refusal {
  return new Refusal('TOO_LONG', `Line ${line}: ${what}: download a shorter period.`, line);
}
