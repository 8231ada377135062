import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { Refusal } from './outcome.js';

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** So many of the first bytes tell a mark, or an old Excel file. */
const markBytesMax = 4;

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Finds the encoding of a text that arrives in pieces: a byte order mark decides; else UTF-8 if the bytes are UTF-8
 * throughout; else Windows-1252, in which UK banks write the pound sign as 0xA3. What an OFX header claims about its
 * encoding is not asked: it is wrong as often as right, and this rule is right on every sample seen.
 */
export class EncodingSearch {
  private marked: TextEncodingName | undefined;
  private utf8 = true;
  private begun = false;
  /** The first bytes, until there are enough to tell a byte order mark by. */
  private first: Uint8Array = new Uint8Array();
  /** The last bytes of the piece before, which may begin a character. */
  private tail: Uint8Array = new Uint8Array();

  /** Returns true when no more of the text is needed. Refuses what is no text. */
  take(piece: Uint8Array): boolean {
    let bytes = piece;
    if (!this.begun) {
      bytes = this.first.length === 0 ? piece : Buffer.concat([this.first, piece]);
      this.first = bytes;
      if (bytes.length < markBytesMax) return false;
      this.begin(bytes);
    }
    return this.look(bytes);
  }

  /** Refuses what is no text. */
  end(): TextEncodingName {
    if (!this.begun) {
      this.begin(this.first);
      this.look(this.first);
    }
    return this.marked ?? (this.utf8 && this.tail.length === 0 ? 'utf-8' : 'windows-1252');
  }

  private look(bytes: Uint8Array): boolean {
    if (this.marked) return true;
    if (bytes.includes(0)) throw notText('binary');
    if (this.utf8) {
      const all = this.tail.length === 0 ? bytes : Buffer.concat([this.tail, bytes]);
      const whole = wholeCharacters(all);
      this.utf8 = isUtf8(all.subarray(0, whole));
      this.tail = all.slice(whole);
    }
    // Further bytes could still be none of a text.
    return false;
  }

  private begin(bytes: Uint8Array): void {
    this.begun = true;
    this.marked = marks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))?.encoding;
    const start = String.fromCharCode(...bytes.subarray(0, 4));
    if (start === '\u00d0\u00cf\u0011\u00e0') throw notText('an old Excel file');
  }
}

/** Decodes a text piece by piece. Refuses bytes that the byte order mark promised otherwise. */
export class Decoding {
  private readonly decoder: TextDecoder;

  constructor(private readonly encoding: TextEncodingName) {
    this.decoder = new TextDecoder(encoding, { fatal: encoding !== 'windows-1252' });
  }

  take(bytes: Uint8Array): string {
    return this.decoded(bytes, { stream: true });
  }

  end(): string {
    return this.decoded(new Uint8Array(), {});
  }

  private decoded(bytes: Uint8Array, options: { stream?: boolean }): string {
    try {
      return this.decoder.decode(bytes, options);
    } catch {
      throw new Refusal(
        'ENCODING_WRONG',
        `The file says that it is ${this.encoding.toUpperCase()} and its bytes are not: download it again without opening it in another program.`,
      );
    }
  }
}

/** The text of a file that is in memory. */
export function decodeText(bytes: Uint8Array): string {
  const search = new EncodingSearch();
  search.take(bytes);
  const decoding = new Decoding(search.end());
  return decoding.take(bytes) + decoding.end();
}

/** How many of the bytes are not part of a UTF-8 character that the next piece may complete. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return needed(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function needed(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

function notText(what: string): Refusal {
  return new Refusal(
    'FILE_NOT_TEXT',
    `The file is ${what} and not a text: download the statement as CSV or OFX from the bank.`,
  );
}
