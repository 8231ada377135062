import { wholeFileBytesMax } from '@ringfence/statement-files';
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';

/** A file's bytes, to be read here: no more than one byte over the limit, which is enough to refuse it. Throws what opening it threw. */
export async function statementBytes(file: string): Promise<Buffer<ArrayBuffer>> {
  const handle = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    while (length <= wholeFileBytesMax) {
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

/** A file to be sent: its bytes stay on the disk until they are asked for. Throws what opening it threw. */
export async function statementFile(file: string): Promise<{ readonly content: Blob; readonly sha256: string }> {
  // Looks whether it may be read: a blob would only say so when it is.
  await (await open(file, 'r')).close();
  const content = await openAsBlob(file);
  const hash = createHash('sha256');
  for await (const chunk of content.stream()) hash.update(chunk);
  return { content, sha256: hash.digest('hex') };
}
