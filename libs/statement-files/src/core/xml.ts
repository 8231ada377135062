import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { xmlDepthMax, xmlElementsMax } from './limits.js';
import { Refusal } from './outcome.js';

/** An element of an XML file, without its namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed, with entities decoded once. Never turned into a number. */
  readonly text: string;
  /** Offsets in the text that was parsed. */
  readonly start: number;
  readonly end: number;
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
  refuseMalformed(text, placed);
  const roots = parsed(text, placed).flatMap(elementOf);
  const root = roots[0];
  if (root === undefined || roots.length > 1) throw malformed(placed(0));
  return root;
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

const metaData = XMLParser.getMetaDataSymbol() as unknown as symbol;

type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  // Without a document type there are only the entities of XML and HTML themselves, each one character.
  processEntities: { enabled: true, maxExpandedLength: Number.MAX_SAFE_INTEGER },
  captureMetaData: true,
  maxNestedTags: xmlDepthMax,
});

function parsed(text: string, placed: (offset: number) => number): Node[] {
  try {
    return parser.parse(text) as Node[];
  } catch (error) {
    const deep = error instanceof Error && /nested/i.test(error.message);
    if (deep)
      throw new Refusal('FILE_MALFORMED', `The file has elements more than ${xmlDepthMax} deep in one another.`);
    throw malformed(placed(0));
  }
}

function elementOf(node: Node): XmlElement[] {
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name === '#text') return [];
  const inside = node[name] as Node[];
  const { startIndex = 0, endIndex = 0 } =
    (node as Record<symbol, { startIndex?: number; endIndex?: number }>)[metaData] ?? {};
  return [
    {
      name,
      attributes: node[':@'] ?? {},
      children: inside.flatMap(elementOf),
      text: inside
        .map((child) => (typeof child['#text'] === 'string' ? child['#text'] : ''))
        .join('')
        .trim(),
      start: startIndex,
      end: endIndex,
    },
  ];
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

function refuseMalformed(text: string, placed: (offset: number) => number): void {
  let result: ReturnType<typeof XMLValidator.validate>;
  try {
    result = XMLValidator.validate(text);
  } catch {
    throw malformed(placed(0));
  }
  if (result === true) return;
  // The validator's word for elements that are open at the end of the file.
  if (result.err.msg.startsWith("Invalid '[") || !text.trimEnd().endsWith('>')) throw xmlCutShort(placed(text.length));
  // By its column too: in a text of which parts were taken out a line may have come from several.
  throw malformed(placed(offsetOfLine(text, result.err.line) + Math.max(0, result.err.col - 1)));
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

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', offset);
    if (end < 0) break;
    offset = end + 1;
  }
  return offset;
}
