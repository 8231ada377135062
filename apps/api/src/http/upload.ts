import { createHash } from 'node:crypto';
import { Problem } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import type { FastifyRequest } from 'fastify';
import { idempotentRequest } from './request-context.js';

export interface Upload {
  readonly fileName: string;
  readonly bytes: Buffer;
  /** The other parts of the form, by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** The same file and fields under the same key are the same request. */
  readonly request: IdempotentRequest;
}

/**
 * Reads a multipart form with exactly one file, in the part `file`. Refuses one over `bytesMax` before it is read
 * whole.
 */
export async function readUpload(request: FastifyRequest, bytesMax: number): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new Problem('unsupported-file', 'Send the file as multipart/form-data, in a part named "file".');
  }
  const fields: Record<string, string> = {};
  let file: { fileName: string; bytes: Buffer } | undefined;
  for await (const part of request.parts({ limits: { fileSize: bytesMax } })) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value);
    else {
      const bytes = await part.toBuffer().catch(() => undefined);
      if (bytes === undefined || part.file.truncated) {
        throw new Problem(
          'too-large',
          `The file ${part.filename} is larger than ${Math.floor(bytesMax / 1024 / 1024)} MiB: send a smaller one.`,
        );
      }
      if (part.fieldname !== 'file')
        throw Problem.field(
          `/${part.fieldname}`,
          `The file came in the part "${part.fieldname}": name that part "file".`,
        );
      file = { fileName: part.filename, bytes };
    }
  }
  if (!file) throw Problem.field('/file', 'There is no part named "file": send the file in it.');
  const fileHash = createHash('sha256').update(file.bytes).digest('hex');
  return { ...file, fields, request: idempotentRequest(request, { fileHash, fields }) };
}
