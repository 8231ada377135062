import { Problem } from '@ringfence/kernel';
import { fileTypeFromBuffer } from 'file-type';

/** 10 MiB: a photograph from a phone fits several times. */
export const receiptBytesMax = 10 * 1024 * 1024;

export const receiptTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export type ReceiptType = (typeof receiptTypes)[number];

export const receiptExtensions: Readonly<Record<ReceiptType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
};

/**
 * The kind of file by its content, never by its name or by what the sender says. Refuses an empty or too large file,
 * another kind, and one that stops before its end. It is only looked at from outside: nothing in it is ever opened.
 */
export async function receiptTypeOf(bytes: Uint8Array): Promise<ReceiptType> {
  if (bytes.length === 0)
    throw Problem.field('/file', 'The file is empty: take the photograph or save the document again.');
  if (bytes.length > receiptBytesMax) {
    throw new Problem(
      'too-large',
      `The file has ${bytes.length} bytes and a receipt may have ${receiptBytesMax}: send a smaller photograph.`,
    );
  }
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  const type = receiptTypes.find((one) => one === found);
  if (!type) {
    const what = found === undefined ? 'of a kind that is not known' : `a file of the kind ${found}`;
    throw new Problem('unsupported-file', `This is ${what}: send the receipt as a JPEG, a PNG or a PDF.`);
  }
  if (!isWhole[type](bytes)) {
    throw Problem.field(
      '/file',
      `The ${names[type]} stops before its end, as when an upload breaks off: send the whole file again.`,
    );
  }
  return type;
}

const names: Readonly<Record<ReceiptType, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'application/pdf': 'PDF',
};

const isWhole: Readonly<Record<ReceiptType, (bytes: Uint8Array) => boolean>> = {
  'image/jpeg': jpegIsWhole,
  'image/png': pngIsWhole,
  'application/pdf': pdfIsWhole,
};

/** Follows the markers to the end of the image; a thumbnail's own end lies inside a segment, and is passed over. */
function jpegIsWhole(bytes: Uint8Array): boolean {
  let at = 2;
  while (at + 3 < bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return true;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (length < 2) return false;
    at += 2 + length;
    if (marker === 0xda) at = afterScan(bytes, at);
  }
  return bytes[at] === 0xff && bytes[at + 1] === 0xd9;
}

/** The compressed data of a scan runs to the next marker that is neither a stuffed byte nor a restart. */
function afterScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function pngIsWhole(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x49454e44) return true;
  }
  return false;
}

/** A PDF ends with %%EOF; programs may add a little after it. */
function pdfIsWhole(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(-2048)).toString('latin1').includes('%%EOF');
}
