/** Random numbers that a seed makes again, and the ways in which a file is damaged. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Mulberry32: a whole number from 0 to below the limit. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** No mutated input is larger, so that a slow one is slow by what it holds. */
export const mutatedBytesMax = 64 * 1024;
const mutationsMax = 6;

/** Pieces in which formats differ, or on which readers stumble. */
const pieces = [
  ...[
    '<',
    '>',
    '</',
    '/>',
    '&',
    '&amp;',
    '&#49;',
    '&#x31;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '"',
    "'",
    '""',
    ',',
  ],
  ...[
    ';',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\0',
    '\ufeff',
    '£',
    '−',
    '\u00a0',
    '^',
    '!',
    '!Type:Bank\n',
    ':61:',
    ':86:',
  ],
  ...[
    ':62F:',
    ':60F:',
    ':20:X\n',
    '-\n',
    '{1:',
    '-}',
    'RC',
    'RD',
    'NaN',
    '1e9',
    '-0',
    '0.005',
    '1,234',
    '1.234,56',
    '.',
  ],
  ...['99999999999999999999', '31/02/2026', '00000000', '$', '%', '(', ')', 'DBIT', 'CRDT', 'PDNG', 'GBP', 'EUR', '\\'],
];

/** A copy of the bytes with up to six mistakes in it. */
export function mutated(bytes: Uint8Array, others: readonly Uint8Array[], chance: Chance): Uint8Array {
  let changed: Buffer = Buffer.from(bytes);
  for (let each = chance.below(mutationsMax) + 1; each > 0; each -= 1) changed = once(changed, others, chance);
  return changed.subarray(0, mutatedBytesMax);
}

function once(bytes: Buffer, others: readonly Uint8Array[], chance: Chance): Buffer {
  const at = chance.below(bytes.length + 1);
  const length = Math.min(bytes.length - at, chance.below(chance.below(4) === 0 ? 400 : 12) + 1);
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at);
  const slice = bytes.subarray(at, at + length);
  switch (chance.below(9)) {
    case 0:
      return Buffer.concat([before, Buffer.from([chance.below(256)]), after.subarray(1)]);
    case 1:
      return Buffer.concat([before, after.subarray(length)]);
    case 2:
      return Buffer.concat([before, slice, after]);
    case 3:
      return Buffer.concat([before, Buffer.from(chance.of(pieces)), after]);
    case 4:
      return Buffer.concat([before, Buffer.from(chance.of(pieces)), after.subarray(length)]);
    case 5:
      return before;
    case 6:
      return Buffer.concat([before, Buffer.from(chance.of(others)).subarray(chance.below(200))]);
    case 7:
      return otherDigit(bytes, at, chance);
    default: {
      const to = chance.below(bytes.length + 1);
      return Buffer.concat([before, bytes.subarray(to, to + length), after.subarray(length)]);
    }
  }
}

function otherDigit(bytes: Buffer, from: number, chance: Chance): Buffer {
  const at = bytes.findIndex((byte, place) => place >= from && byte >= 0x30 && byte <= 0x39);
  if (at < 0) return bytes;
  const copy = Buffer.from(bytes);
  copy[at] = 0x30 + chance.below(10);
  return copy;
}
