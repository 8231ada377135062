import { quoted } from '../../core/bank-text.js';
import { betweenLinesCharactersMax, ofxDepthMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';
import { lineCounter } from '../../core/text-lines.js';

/** An element of an OFX file: one with children, or one with a value. */
export interface OfxElement {
  readonly name: string;
  readonly value: string;
  readonly children: OfxElement[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Offsets of the element in the piece of text in which it ends. */
  readonly start: number;
  end: number;
}

/** What is done with elements as they open and close. */
export interface OfxHandlers {
  /** Of these names; they are given whole and then forgotten, so that a long list of them takes no memory. */
  readonly given: ReadonlySet<string>;
  /** `raw` is the element's text; `open` are the elements that it stands in, the outermost first. */
  give(element: OfxElement, raw: string, open: readonly OfxElement[]): void;
  opened(element: OfxElement, open: readonly OfxElement[]): void;
  closed(element: OfxElement, open: readonly OfxElement[]): void;
}

/**
 * The elements of OFX 1 (SGML, in which elements with a value need no closing tag) and OFX 2 (XML), by one rule: a
 * tag followed by text has a value; any other has children, and if it turns out that it was never closed it was an
 * empty value (banks write `<MEMO>` and nothing). An aggregate of OFX that is never closed means a file cut short.
 * The text arrives in pieces and is parted behind the closing tags of what is given.
 */
export class OfxElements {
  private readonly root: OfxElement = { name: '', value: '', children: [], line: 1, start: 0, end: 0 };
  private readonly open: OfxElement[] = [this.root];
  private readonly closing: RegExp;
  private rest: string[] = [];
  private restLength = 0;
  private line = 1;

  constructor(private readonly handlers: OfxHandlers) {
    this.closing = new RegExp(`</(?:${[...handlers.given].join('|')})\\s*>`, 'gi');
  }

  take(text: string): void {
    this.rest.push(text);
    this.restLength += text.length;
    const whole = this.rest.join('');
    const cut = this.lastCut(whole);
    if (cut > 0) this.read(whole.slice(0, cut));
    this.rest = [whole.slice(cut)];
    this.restLength = whole.length - cut;
    if (this.restLength > betweenLinesCharactersMax) {
      throw new Refusal(
        'TOO_LONG',
        `Line ${this.line}: more than ${betweenLinesCharactersMax} characters follow without a transaction: download the file again.`,
        this.line,
      );
    }
  }

  /** The elements that were not given. */
  end(): readonly OfxElement[] {
    this.read(this.rest.join(''));
    if (this.open.length > 1) throw cutShort(this.line, this.open[1]?.name);
    return this.root.children;
  }

  /** Behind the last closing tag of what is given that is not inside a comment, CDATA or an instruction; else 0. */
  private lastCut(text: string): number {
    const quotes = passages.filter(([begin]) => text.includes(begin));
    const inside = (at: number): boolean =>
      quotes.some(([begin, end]) => text.lastIndexOf(begin, at) > text.lastIndexOf(end, at));
    // Looked for from the end, a stretch at a time: most texts have one there.
    for (let from = text.length; from > 0; from -= lookBackCharacters) {
      const start = Math.max(0, from - lookBackCharacters - 32);
      const found = [...text.slice(start, from).matchAll(this.closing)].findLast(({ index }) => !inside(start + index));
      if (found) return start + found.index + found[0].length;
    }
    return 0;
  }

  private read(text: string): void {
    const { open } = this;
    const count = lineCounter(text);
    const first = this.line;
    const lineAt = (offset: number): number => first - 1 + count(offset);
    let at = text.indexOf('<');
    while (at >= 0) {
      const line = lineAt(at);
      const skipped = skipMarkup(text, at, line);
      if (skipped !== undefined) {
        at = text.indexOf('<', skipped);
        continue;
      }
      const close = text.indexOf('>', at);
      const tag =
        close < 0 ? undefined : /^(\/?)([A-Za-z][A-Za-z0-9._]*)(?:\s[^<>]*?)?(\/?)$/.exec(text.slice(at + 1, close));
      if (close < 0) throw cutShort(line);
      if (!tag) {
        throw new Refusal(
          'FILE_MALFORMED',
          `Line ${line}: ${quoted(text.slice(at, close + 1))} is not a tag of OFX.`,
          line,
        );
      }
      const name = (tag[2] as string).toUpperCase();
      if (tag[1] === '/') {
        const closed = closeElement(open, name, line, close + 1);
        if (closed) this.whole(closed, text);
        at = text.indexOf('<', close);
        continue;
      }
      const { value, end } = valueAfter(text, close + 1, line);
      const element: OfxElement = { name, value, children: [], line, start: at, end };
      this.add(element);
      at = text.indexOf('<', end);
      const closing = closingAt(text, end, name);
      if (closing !== undefined) {
        element.end = closing;
        this.whole(element, text);
        at = text.indexOf('<', closing);
      } else if (value === '' && tag[3] !== '/') {
        this.handlers.opened(element, open);
        open.push(element);
        if (open.length > ofxDepthMax) {
          throw new Refusal('FILE_MALFORMED', `Line ${line}: more than ${ofxDepthMax} tags stand open.`, line);
        }
      } else this.whole(element, text);
    }
    this.line = lineAt(text.length);
  }

  private add(element: OfxElement): void {
    if (this.handlers.given.has(element.name)) {
      const outer = this.open.find(({ name }) => this.handlers.given.has(name));
      if (outer) {
        throw new Refusal(
          'FILE_MALFORMED',
          `Line ${element.line}: <${element.name}> stands where <${outer.name}> of line ${outer.line} is not closed: download the file again without editing it.`,
          element.line,
        );
      }
    }
    this.open.at(-1)?.children.push(element);
  }

  private whole(element: OfxElement, text: string): void {
    if (!this.handlers.given.has(element.name)) return this.handlers.closed(element, this.open);
    this.open.at(-1)?.children.pop();
    this.handlers.give(element, text.slice(element.start, element.end), this.open);
  }
}

const lookBackCharacters = 64 * 1024;

/** In which tags are none. */
const passages = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

export function child(element: OfxElement, name: string): OfxElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

export function childrenNamed(element: OfxElement, name: string): OfxElement[] {
  return element.children.filter((candidate) => candidate.name === name);
}

/** Every element of these names, however deep, in the order of the file. */
export function descendants(elements: readonly OfxElement[], names: readonly string[]): OfxElement[] {
  return elements.flatMap((element) =>
    names.includes(element.name) ? [element] : descendants(element.children, names),
  );
}

/**
 * Aggregates that hold what is read here. The specification lets none go unclosed; BANKTRANLIST is not here because a
 * card issuer never closes it, and its lines are complete all the same.
 */
const aggregates = new Set(
  'OFX SIGNONMSGSRSV1 SONRS STATUS BANKMSGSRSV1 CREDITCARDMSGSRSV1 INVSTMTMSGSRSV1 STMTTRNRS CCSTMTTRNRS INVSTMTTRNRS STMTRS CCSTMTRS INVSTMTRS BANKACCTFROM CCACCTFROM INVACCTFROM INVTRANLIST INVBANKTRAN STMTTRN STMTTRNP LEDGERBAL AVAILBAL CURRENCY ORIGCURRENCY'.split(
    ' ',
  ),
);

function closeElement(open: OfxElement[], name: string, line: number, end: number): OfxElement | undefined {
  const from = open.findLastIndex((element) => element.name === name);
  const unclosed = from < 0 ? undefined : open.slice(from + 1).find((element) => aggregates.has(element.name));
  if (from < 1 || unclosed) {
    const why = unclosed ? `<${unclosed.name}> of line ${unclosed.line} is not closed` : 'it was not opened';
    throw new Refusal(
      'FILE_MALFORMED',
      `Line ${line}: </${name}> stands where ${why}: download the file again without editing it.`,
      line,
    );
  }
  // What stood open inside were empty values: what seemed to be their children are their neighbours.
  for (let at = open.length - 1; at > from; at -= 1) {
    open[at - 1]?.children.push(...(open[at]?.children.splice(0) ?? []));
  }
  const closed = open[from];
  if (closed) closed.end = end;
  open.length = from;
  return closed;
}

function cutShort(line: number, name?: string): Refusal {
  const what = name === undefined ? 'inside a tag' : `before </${name}>`;
  return new Refusal(
    'FILE_TRUNCATED',
    `Line ${line}: the file ends ${what}, so it was cut short: download it again.`,
    line,
  );
}

function skipMarkup(text: string, at: number, line: number): number | undefined {
  for (const [begin, finish] of [
    ['<!--', '-->'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(begin, at)) continue;
    const end = text.indexOf(finish, at);
    if (end < 0) throw cutShort(line);
    return end + finish.length;
  }
  if (/^<!(?:DOCTYPE|ENTITY)/i.test(text.slice(at, at + 10))) {
    throw new Refusal(
      'DOCTYPE_REFUSED',
      `Line ${line}: the file declares a document type, which bank files do not need and which could read other files: download it again from the bank.`,
      line,
    );
  }
  return undefined;
}

function closingAt(text: string, from: number, name: string): number | undefined {
  const match = /^\s*<\/([A-Za-z0-9._]+)\s*>/.exec(text.slice(from, from + 200));
  return match?.[1]?.toUpperCase() === name ? from + match[0].length : undefined;
}

function valueAfter(text: string, from: number, line: number): { value: string; end: number } {
  let value = '';
  let end = from;
  for (;;) {
    const next = text.indexOf('<', end);
    if (next < 0) return { value: (value + unescaped(text.slice(end))).trim(), end: text.length };
    value += unescaped(text.slice(end, next));
    if (!text.startsWith('<![CDATA[', next)) return { value: value.trim(), end: next };
    const close = text.indexOf(']]>', next);
    if (close < 0) throw cutShort(line);
    value += text.slice(next + 9, close);
    end = close + 3;
  }
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', pound: '£' };

/** Decoded twice, because some banks escape twice: `&amp;lt;`. What is no entity stays as it is. */
function unescaped(text: string): string {
  return text.includes('&') ? once(once(text)) : text;
}

function once(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const point = decimal === undefined ? parseInt(String(hex), 16) : parseInt(String(decimal), 10);
    return point <= 0x10ffff && point > 0 ? String.fromCodePoint(point) : whole;
  });
}
