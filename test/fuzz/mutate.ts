import type { Chance } from './chance.js';
import { doctypes, openings, pieces } from './pieces.js';

/** No mutated input is larger, so that a slow one is slow by what it holds. */
export const mutatedBytesMax = 64 * 1024;
const mutationsMax = 6;
const nestingMax = 400;

/** A copy of the bytes with up to six mistakes in it. */
export function mutated(bytes: Uint8Array, others: readonly Uint8Array[], chance: Chance): Uint8Array {
  let changed: Buffer = Buffer.from(bytes);
  for (let each = chance.below(mutationsMax) + 1; each > 0; each -= 1) {
    changed = chance.of(chance.below(3) === 0 ? structures : bytewise)(changed, chance, others);
  }
  return changed.subarray(0, mutatedBytesMax);
}

/** A zip with wrong figures in its headers: sizes, checksums, methods, lengths, offsets, counts. */
export function withWrongZipHeaders(zip: Uint8Array, chance: Chance): Uint8Array {
  const bytes = Buffer.from(zip);
  const headers: number[] = [];
  for (let at = bytes.indexOf('PK'); at >= 0; at = bytes.indexOf('PK', at + 2)) headers.push(at);
  if (headers.length === 0) return bytes;
  const at = chance.of(headers) + 4 + 2 * chance.below(21);
  if (at + 4 > bytes.length) return bytes;
  const figure = chance.of([0, 1, 8, 0xff, 0xffff, 0xffff_ffff, bytes.length, chance.below(0x10000)]);
  if (chance.below(2) === 0) bytes.writeUInt16LE(figure & 0xffff, at);
  else bytes.writeUInt32LE(figure >>> 0, at);
  return bytes;
}

type Mutation = (bytes: Buffer, chance: Chance, others: readonly Uint8Array[]) => Buffer;

/** Mistakes that know nothing of what they hurt. */
const bytewise: readonly Mutation[] = [
  (bytes, chance) => replaced(bytes, place(bytes, chance), 1, Buffer.from([chance.below(256)])),
  (bytes, chance) => replaced(bytes, place(bytes, chance), someBytes(chance), ''),
  (bytes, chance) => {
    const [at, length] = [place(bytes, chance), someBytes(chance)];
    return replaced(bytes, at, 0, bytes.subarray(at, at + length));
  },
  (bytes, chance) => replaced(bytes, place(bytes, chance), 0, chance.of(pieces)),
  (bytes, chance) => replaced(bytes, place(bytes, chance), someBytes(chance), chance.of(pieces)),
  (bytes, chance) => bytes.subarray(0, place(bytes, chance)),
  (bytes, chance, others) => {
    const other = chance.of(others);
    return Buffer.concat([bytes.subarray(0, place(bytes, chance)), other.subarray(chance.below(200))]);
  },
  otherDigit,
  (bytes, chance) => {
    const [at, from, length] = [place(bytes, chance), place(bytes, chance), someBytes(chance)];
    return replaced(bytes, at, length, bytes.subarray(from, from + length));
  },
];

/** Mistakes in lines, fields, encodings and elements. */
const structures: readonly Mutation[] = [
  (bytes, chance) => ofLines(bytes, (lines) => void lines.splice(chance.below(lines.length), chance.below(3) + 1)),
  (bytes, chance) =>
    ofLines(bytes, (lines) => {
      const at = chance.below(lines.length);
      lines.splice(at, 0, ...Array<string>(chance.of([1, 1, 2, 50])).fill(lines[at] ?? ''));
    }),
  (bytes, chance) =>
    ofLines(bytes, (lines) => {
      const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
      [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    }),
  fields,
  fields,
  encoded,
  (bytes) => Buffer.concat([bytes, bytes]),
  (bytes, chance) => replaced(bytes, place(bytes, chance), 0, chance.of(openings).repeat(chance.below(nestingMax) + 1)),
  (bytes, chance) =>
    replaced(bytes, chance.of([0, bytes.indexOf('>') + 1, place(bytes, chance)]), 0, chance.of(doctypes)),
  (bytes, chance) => withWrongZipHeaders(bytes, chance) as Buffer,
];

function place(bytes: Buffer, chance: Chance): number {
  return chance.below(bytes.length + 1);
}

function someBytes(chance: Chance): number {
  return chance.below(chance.below(4) === 0 ? 400 : 12) + 1;
}

function replaced(bytes: Buffer, at: number, length: number, by: Uint8Array | string): Buffer {
  const piece = typeof by === 'string' ? Buffer.from(by) : by;
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + length)]);
}

function otherDigit(bytes: Buffer, chance: Chance): Buffer {
  let at = place(bytes, chance);
  while (at < bytes.length && !(bytes[at]! >= 0x30 && bytes[at]! <= 0x39)) at += 1;
  return at < bytes.length ? replaced(bytes, at, 1, Buffer.from([0x30 + chance.below(10)])) : bytes;
}

/** As Latin-1, in which every byte is a character and comes back as it was. */
function ofLines(bytes: Buffer, change: (lines: string[]) => void): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  change(lines);
  return Buffer.from(lines.slice(0, mutatedBytesMax).join('\n'), 'latin1');
}

/** In one line: a field empty, twice, gone, in another's place, or in quotes. */
function fields(bytes: Buffer, chance: Chance): Buffer {
  return ofLines(bytes, (lines) => {
    const line = chance.below(lines.length);
    const text = lines[line] ?? '';
    const mark = [',', ';', '\t', '|', '>', ':'].find((one) => text.includes(one)) ?? ' ';
    const parts = text.split(mark);
    const [a, b] = [chance.below(parts.length), chance.below(parts.length)];
    const [one, other] = [parts[a] ?? '', parts[b] ?? ''];
    if (chance.below(5) === 0) parts[a] = '';
    else if (chance.below(4) === 0) parts.splice(a, 0, one);
    else if (chance.below(3) === 0) parts.splice(a, 1);
    else if (chance.below(2) === 0) [parts[a], parts[b]] = [other, one];
    else parts[a] = `"${one}"`;
    lines[line] = parts.join(mark);
  });
}

/** The same text in another encoding, or half of it. */
function encoded(bytes: Buffer, chance: Chance): Buffer {
  const text = bytes.subarray(0, mutatedBytesMax).toString('latin1');
  const wide = Buffer.from(text, 'utf16le');
  switch (chance.below(7)) {
    case 0:
      return Buffer.concat([Buffer.from([0xff, 0xfe]), wide]);
    case 1:
      return Buffer.concat([Buffer.from([0xfe, 0xff]), wide.swap16()]);
    case 2:
      return wide;
    case 3:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 4:
      return Buffer.from(text, 'utf8');
    case 5:
      return replaced(
        bytes,
        place(bytes, chance),
        0,
        Buffer.from([0x81, 0xc3, 0x28, 0xf0, 0x9f].slice(chance.below(5))),
      );
    default:
      return Buffer.concat([bytes, wide]);
  }
}
