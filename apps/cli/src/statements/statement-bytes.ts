import { statementFileBytesMax } from '@ringfence/statements';
import { open } from 'node:fs/promises';

/** A file's bytes: no more than one byte over the limit, which is enough to refuse it. Throws what opening it threw. */
export async function statementBytes(file: string): Promise<Buffer<ArrayBuffer>> {
  const handle = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    while (length <= statementFileBytesMax) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(64 * 1024));
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}
