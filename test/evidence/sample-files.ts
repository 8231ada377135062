import { crc32, deflateSync } from 'node:zlib';

// Small files of each kind. The word in each keeps two of them from being the same file.

export function png(word: string): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const header = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
  const text = chunk('tEXt', Buffer.from(`Comment\0${word}`));
  const image = chunk('IDAT', deflateSync(Buffer.from([0, 200])));
  return Buffer.concat([signature, header, text, image, chunk('IEND', Buffer.alloc(0))]);
}

/** A PNG of so many bytes and a little more. The check of its large part is wrong, and nobody here opens the picture. */
export function largePng(word: string, bytes: number): Buffer {
  const small = png(word);
  const beforeEnd = small.length - 12;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  const part = [length, Buffer.from('teXt'), Buffer.alloc(bytes, word), Buffer.alloc(4)];
  return Buffer.concat([small.subarray(0, beforeEnd), ...part, small.subarray(beforeEnd)]);
}

/** With a thumbnail in a segment of its own, whose end is not the photograph's. */
export function jpeg(word: string): Buffer {
  const segment = (marker: number, data: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const thumbnail = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), thumbnail])),
    segment(0xfe, Buffer.from(word)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** With a script that a careless reader would run: it is kept as it is, and never opened here. */
export function pdf(word: string): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\('${word}'\\)) >> >>\nendobj\n` +
      `trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
  );
}
