import { SaxesParser } from 'saxes';
import { xmlDepthMax, xmlElementsMax } from './limits.js';
import { Refusal } from './outcome.js';

/** An element of an XML file, without its namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed, with entities decoded once. Never turned into a number. */
  readonly text: string;
  /** Its offset in the text that was parsed. */
  readonly start: number;
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

/**
 * The root element of an XML text. Document types and entity declarations are refused before anything is parsed: bank
 * files need neither, and they could read other files or grow without end. Throws a `Refusal`. `lineAt` says where a
 * text that is part of a file stands in it: the line on which it begins, or the line of each offset.
 */
export function xmlRoot(text: string, lineAt: number | ((offset: number) => number) = 1): XmlElement {
  const placed = typeof lineAt === 'function' ? lineAt : (offset: number) => lineAt - 1 + lineOf(text, offset);
  const declared = /<!(?:DOCTYPE|ENTITY)/i.exec(text);
  if (declared) throw documentType(placed(declared.index));
  refuseTooMany(text);
  return parsed(text, placed);
}

export function documentType(line: number): Refusal {
  return new Refusal(
    'DOCTYPE_REFUSED',
    `Line ${line}: the file declares a document type, which bank files do not need and which could read other files: download it again from the bank.`,
    line,
  );
}

export function xmlCutShort(line: number): Refusal {
  return new Refusal(
    'FILE_TRUNCATED',
    `Line ${line}: the file ends inside an element, so it was cut short: download it again.`,
    line,
  );
}

/** The first element at the end of a path of names. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce((from, name) => from?.children.find((child) => child.name === name), element);
}

/** All elements at the end of a path, through every branch. */
export function allAt(element: XmlElement | undefined, ...path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (from, name) => from.flatMap((each) => each.children.filter((child) => child.name === name)),
    element ? [element] : [],
  );
}

/** The text at the end of a path; null when it is not there or empty. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | null {
  return at(element, ...path)?.text || null;
}

/** Beside those of XML: names that only HTML declares, which some banks write all the same. */
const htmlEntities = { nbsp: '\u00a0', pound: '£', euro: '€', cent: '¢', yen: '¥', copy: '©', reg: '®' };

function parsed(text: string, placed: (offset: number) => number): XmlElement {
  const parser = new SaxesParser();
  Object.assign(parser.ENTITIES, htmlEntities);
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let start = 0;
  let ended = false;
  const add = (more: string): void => {
    const inside = open.at(-1);
    if (inside) inside.text += more;
  };
  parser.on('error', () => {
    // What stands open at the end was cut off; anything else is wrong where it stands.
    const cut = ended && (open.length > 0 || !text.trimEnd().endsWith('>'));
    throw cut ? xmlCutShort(placed(text.length)) : malformed(placed(Math.max(0, parser.position - 1)));
  });
  parser.on('opentagstart', ({ name }) => {
    // Behind the name stands the one character that ended it.
    start = parser.position - name.length - 2;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: OpenElement = {
      name: localName(name),
      attributes: Object.fromEntries(
        Object.entries(attributes)
          .filter(([key]) => !key.startsWith('xmlns'))
          .map(([key, value]) => [localName(key), value]),
      ),
      children: [],
      text: '',
      start,
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
    if (open.length > xmlDepthMax) {
      throw new Refusal('FILE_MALFORMED', `The file has elements more than ${xmlDepthMax} deep in one another.`);
    }
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) element.text = element.text.trim();
  });
  parser.write(text);
  ended = true;
  parser.close();
  if (root === undefined) throw malformed(placed(0));
  return root;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function refuseTooMany(text: string): void {
  let elements = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (text[at + 1] !== '/') elements += 1;
  }
  if (elements <= xmlElementsMax) return;
  throw new Refusal(
    'FILE_TOO_LARGE',
    `The XML has ${elements} elements, more than the ${xmlElementsMax} that are read at once: download a shorter period, or the statement as CSV.`,
  );
}

function malformed(line: number): Refusal {
  return new Refusal(
    'FILE_MALFORMED',
    `Line ${line}: the XML is not well formed here: download the file again without editing it.`,
    line,
  );
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
