import { Refusal } from './outcome.js';

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/**
 * The text of a file: a byte order mark decides; else UTF-8 if the bytes are UTF-8 throughout; else Windows-1252, in
 * which UK banks write the pound sign as 0xA3. What an OFX header claims about its encoding is not asked: it is wrong
 * as often as right, and this rule is right on every sample seen.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = marks.find((candidate) => candidate.bytes.every((byte, at) => bytes[at] === byte));
  if (mark) {
    const text = decoded(bytes, mark.encoding);
    if (text !== undefined) return text;
    throw new Refusal(
      'ENCODING_WRONG',
      `The file says that it is ${mark.encoding.toUpperCase()} and its bytes are not: download it again without opening it in another program.`,
    );
  }
  const binary = kindOfBinary(bytes);
  if (binary !== undefined) {
    throw new Refusal(
      'FILE_NOT_TEXT',
      `The file is ${binary} and not a text: download the statement as CSV or OFX from the bank.`,
    );
  }
  return decoded(bytes, 'utf-8') ?? new TextDecoder('windows-1252').decode(bytes);
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function kindOfBinary(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  if (start === '\u00d0\u00cf\u0011\u00e0') return 'an old Excel file';
  if (bytes.includes(0)) return 'binary';
  return undefined;
}
