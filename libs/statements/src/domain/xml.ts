import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { xmlDepthMax } from './limits.js';
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
 * files need neither, and they could read other files or grow without end. Throws a `Refusal`.
 */
export function xmlRoot(text: string): XmlElement {
  const declared = /<!(?:DOCTYPE|ENTITY)/i.exec(text);
  if (declared) {
    const line = lineAt(text, declared.index);
    throw new Refusal(
      'DOCTYPE_REFUSED',
      `Line ${line}: the file declares a document type, which bank files do not need and which could read other files: download it again from the bank.`,
      line,
    );
  }
  refuseMalformed(text);
  const roots = parsed(text).flatMap(elementOf);
  const root = roots[0];
  if (root === undefined || roots.length > 1) throw malformed(1);
  return root;
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

function parsed(text: string): Node[] {
  try {
    return parser.parse(text) as Node[];
  } catch (error) {
    const deep = error instanceof Error && /nested/i.test(error.message);
    if (deep)
      throw new Refusal('FILE_MALFORMED', `The file has elements more than ${xmlDepthMax} deep in one another.`);
    throw malformed(1);
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

function refuseMalformed(text: string): void {
  let result: ReturnType<typeof XMLValidator.validate>;
  try {
    result = XMLValidator.validate(text);
  } catch {
    throw malformed(1);
  }
  if (result === true) return;
  // The validator's word for elements that are open at the end of the file.
  if (result.err.msg.startsWith("Invalid '[") || !text.trimEnd().endsWith('>')) {
    throw new Refusal(
      'FILE_TRUNCATED',
      `Line ${lineAt(text, text.length)}: the file ends inside an element, so it was cut short: download it again.`,
      lineAt(text, text.length),
    );
  }
  throw malformed(result.err.line);
}

function malformed(line: number): Refusal {
  return new Refusal(
    'FILE_MALFORMED',
    `Line ${line}: the XML is not well formed here: download the file again without editing it.`,
    line,
  );
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
