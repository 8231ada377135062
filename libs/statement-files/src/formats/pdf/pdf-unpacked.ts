import { constants, inflateSync } from 'node:zlib';
import { pdfUnpackedBytesMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';

/** How often a stream may be packed over again: PDF lets a writer name the same packing many times. */
const packingsMax = 4;
/** How far before its data a stream says what it is. */
const dictionaryBytesMax = 1_024;

/**
 * Unpacks what a PDF packs, and forgets it: a file that would unfold without measure is refused before the library of
 * PDFs begins, at the cost of unpacking what is allowed. Pictures are left out: nobody unpacks them here. What is packed in
 * other ways than `FlateDecode` cannot grow as far, and is held by the limits of the program that reads. Throws a `Refusal`.
 */
export function refuseUnfolding(pdf: Uint8Array): void {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length);
  let left = pdfUnpackedBytesMax;
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at)) {
    const from = at + (bytes[at + 6] === 0x0d ? 8 : 7);
    const end = bytes.indexOf('endstream', from);
    const dictionary = bytes.subarray(Math.max(0, at - dictionaryBytesMax), at).toString('latin1');
    const own = dictionary.slice(dictionary.lastIndexOf('obj') + 1);
    if (!/\/Subtype\s*\/Image\b/.test(own))
      left -= unpackedBytes(bytes.subarray(from, end < 0 ? undefined : end), left);
    if (end < 0) return;
    at = end + 'endstream'.length;
  }
}

function unpackedBytes(stream: Buffer, left: number): number {
  let [data, total] = [stream, 0];
  for (let packing = 0; packing < packingsMax && isPacked(data); packing += 1) {
    try {
      data = inflateSync(data, { maxOutputLength: Math.max(1, left - total), finishFlush: constants.Z_SYNC_FLUSH });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return total;
      throw new Refusal(
        'FILE_TOO_LARGE',
        `The PDF unpacks to more than ${pdfUnpackedBytesMax} bytes of text: download a shorter period, or the statement as CSV.`,
      );
    }
    total += data.length;
  }
  return total;
}

/** The two bytes with which a zlib stream begins (RFC 1950, section 2.2). */
function isPacked(data: Buffer): boolean {
  const [method = 0, flags = 0] = data;
  return (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
}
