import { crc32, inflateRawSync } from 'node:zlib';
import { quoted } from './bank-text.js';
import { archiveBytesMax, archiveEntriesMax, archiveRatioMax, archiveUnratedBytesMax } from './limits.js';
import { Refusal } from './outcome.js';

export interface ZipEntry {
  readonly name: string;
  /** Unpacks; never more than the archive said that it would be. Throws a `Refusal`. */
  bytes(): Uint8Array;
}

/** Marks of the ZIP format (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16). */
const localMark = 0x04034b50;
const directoryMark = 0x02014b50;
const endMark = 0x06054b50;
const endLength = 22;
const commentMax = 0xffff;

export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === localMark;
}

/** An archive of Office Open XML has a workbook in it. */
export function isSpreadsheet(bytes: Uint8Array): boolean {
  return isZip(bytes) && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('xl/workbook.xml');
}

/**
 * The files of an archive, in its order, without folders. What it says of their number, sizes and packing is checked
 * before anything is unpacked, and unpacking is held to it: an archive that would grow without measure is refused.
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  try {
    return directoryOf(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw broken();
    throw error;
  }
}

function directoryOf(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  if (count > archiveEntriesMax) {
    throw refused(`holds ${count} files, more than the ${archiveEntriesMax} that are read from one`);
  }
  const entries: (ZipEntry & { readonly size: number; readonly packed: number })[] = [];
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let each = 0; each < count; each += 1) {
    if (view.getUint32(at, true) !== directoryMark) throw broken();
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const sum = view.getUint32(at + 16, true);
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const start = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (name.endsWith('/')) continue;
    if ((flags & 1) !== 0) throw refused(`has ${quoted(name)} under a password: unpack it and upload the statement`);
    if (method !== 0 && method !== 8)
      throw refused(`packs ${quoted(name)} in a way that is not read here: unpack it and upload the statement`);
    if (packed === 0xffffffff || size === 0xffffffff) throw refused(`has ${quoted(name)} of more than 4 GiB`);
    total += size;
    if (total > archiveBytesMax) {
      throw refused(`would unpack to more than ${archiveBytesMax} bytes: upload a shorter period`);
    }
    if (size > archiveUnratedBytesMax && size > packed * archiveRatioMax) {
      throw refused(`has ${quoted(name)} packed more than ${archiveRatioMax} times, as no statement is`);
    }
    entries.push({ name, size, packed, bytes: () => unpacked(bytes, { name, start, method, packed, size, sum }) });
  }
  return entries;
}

function unpacked(
  bytes: Uint8Array,
  entry: { name: string; start: number; method: number; packed: number; size: number; sum: number },
): Uint8Array {
  const view = viewOf(bytes);
  const { start } = entry;
  if (start + 30 > bytes.length || view.getUint32(start, true) !== localMark) throw broken();
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const packed = bytes.subarray(from, from + entry.packed);
  if (packed.length !== entry.packed) throw broken();
  const whole = entry.method === 0 ? packed : inflated(packed, entry.size);
  if (whole.length !== entry.size || crc32(whole) !== entry.sum) throw broken();
  return whole;
}

function inflated(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw broken();
  }
}

/** The end record stands last, behind it only a comment. */
function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= Math.max(0, view.byteLength - endLength - commentMax); at -= 1) {
    if (view.getUint32(at, true) === endMark) return at;
  }
  throw broken();
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function broken(): Refusal {
  return new Refusal('FILE_TRUNCATED', 'The archive is damaged or was cut short: download it again.');
}

function refused(why: string): Refusal {
  return new Refusal('ARCHIVE_REFUSED', `The archive ${why}.`);
}
