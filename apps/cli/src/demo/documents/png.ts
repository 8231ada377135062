import { crc32, deflateSync } from 'node:zlib';

const [glyphWidth, glyphHeight, scale, margin] = [4, 7, 3, 12];

/** A till receipt as a picture: capitals in a small font, black on white, one bit for each dot. */
export function pngOf(lines: readonly string[]): Uint8Array {
  const columns = Math.max(...lines.map((line) => line.length), 1);
  const [width, height] = [columns * glyphWidth * scale + 2 * margin, lines.length * glyphHeight * scale + 2 * margin];
  const rowBytes = Math.ceil(width / 8);
  const dots = Buffer.alloc((rowBytes + 1) * height, 0xff);
  for (let y = 0; y < height; y += 1) {
    dots[y * (rowBytes + 1)] = 0;
    for (let x = 0; x < width; x += 1) {
      if (!black(lines, x - margin, y - margin)) continue;
      const at = y * (rowBytes + 1) + 1 + (x >> 3);
      dots[at] = dots[at]! & ~(0x80 >> (x & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(dots)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

function black(lines: readonly string[], x: number, y: number): boolean {
  if (x < 0 || y < 0) return false;
  const [column, row] = [Math.floor(x / scale), Math.floor(y / scale)];
  const letter = lines[Math.floor(row / glyphHeight)]?.[Math.floor(column / glyphWidth)];
  if (letter === undefined) return false;
  const [inX, inY] = [column % glyphWidth, row % glyphHeight];
  if (inX > 2 || inY > 4) return false;
  const glyph = glyphs[letter.toUpperCase()] ?? glyphs['?']!;
  return (Number.parseInt(glyph[inY]!, 8) & (4 >> inX)) !== 0;
}

/** Three dots wide and five high: each digit is a row from the top, its three bits the dots from the left. */
// prettier-ignore
const glyphs: Readonly<Record<string, string>> = {
  ' ': '00000', '.': '00002', ',': '00024', '-': '00700', ':': '02020', '/': '11244', '(': '24442', ')': '21112', '?': '61202',
  '0': '75557', '1': '26227', '2': '71747', '3': '71317', '4': '55711', '5': '74717', '6': '74757', '7': '71244', '8': '75757', '9': '75717',
  A: '25755', B: '65656', C: '34443', D: '65556', E: '74647', F: '74644', G: '34553', H: '55755', I: '72227', J: '11152', K: '55655',
  L: '44447', M: '57755', N: '65555', O: '25552', P: '65644', Q: '25563', R: '65655', S: '34216', T: '72222', U: '55557', V: '55552',
  W: '55775', X: '55255', Y: '55222', Z: '71247',
};

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, check]);
}
