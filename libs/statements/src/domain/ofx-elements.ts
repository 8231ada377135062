import { quoted } from './bank-text.js';
import { ofxDepthMax } from './limits.js';
import { Refusal } from './outcome.js';
import { lineCounter } from './text-lines.js';

/** An element of an OFX file: one with children, or one with a value. */
export interface OfxElement {
  readonly name: string;
  readonly value: string;
  readonly children: OfxElement[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Offsets of the element in the text. */
  readonly start: number;
  end: number;
}

/**
 * The elements of OFX 1 (SGML, in which elements with a value need no closing tag) and OFX 2 (XML), by one rule: a
 * tag followed by text has a value; any other has children, and if it turns out that it was never closed it was an
 * empty value (banks write `<MEMO>` and nothing). An aggregate of OFX that is never closed means a file cut short.
 */
export function ofxElements(text: string): OfxElement[] {
  const root: OfxElement = { name: '', value: '', children: [], line: 1, start: 0, end: text.length };
  const open: OfxElement[] = [root];
  const lineAt = lineCounter(text);
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
      closeElement(open, name, line, close + 1);
      at = text.indexOf('<', close);
      continue;
    }
    const { value, end } = valueAfter(text, close + 1, line);
    const element: OfxElement = { name, value, children: [], line, start: at, end };
    (open.at(-1) as OfxElement).children.push(element);
    at = text.indexOf('<', end);
    const closing = closingAt(text, end, name);
    if (closing !== undefined) {
      element.end = closing;
      at = text.indexOf('<', closing);
    } else if (value === '' && tag[3] !== '/') {
      open.push(element);
      if (open.length > ofxDepthMax) {
        throw new Refusal('FILE_MALFORMED', `Line ${line}: more than ${ofxDepthMax} tags stand open.`, line);
      }
    }
  }
  if (open.length > 1) throw cutShort(lineAt(text.length), open[1]?.name);
  return root.children;
}

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

function closeElement(open: OfxElement[], name: string, line: number, end: number): void {
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
