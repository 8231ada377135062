import { createHash } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import { Problem } from '@ringfence/kernel';
import { requireFileName, takeField, type IdempotentRequest } from '@ringfence/platform';
import type { FastifyRequest } from 'fastify';
import { idempotentRequest } from './request-context.js';

export interface UploadForm {
  readonly fileName: string;
  readonly bytes: Buffer;
  /** The other parts of the form, by name. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Upload extends UploadForm {
  /** The same file and fields under the same key are the same request. */
  readonly request: IdempotentRequest;
}

/** Reads a form whose file is to be kept: it asks for an Idempotency-Key. See {@link readForm}. */
export async function readUpload(request: FastifyRequest, bytesMax: number): Promise<Upload> {
  const form = await readForm(request, bytesMax);
  const fileHash = createHash('sha256').update(form.bytes).digest('hex');
  return { ...form, request: idempotentRequest(request, { fileHash, fields: form.fields }) };
}

/**
 * Reads a multipart form with exactly one file, in the part `file`. Refuses one over `bytesMax` before it is read
 * whole.
 */
export async function readForm(request: FastifyRequest, bytesMax: number): Promise<UploadForm> {
  const { file, ...form } = await readParts(request, bytesMax, async (part) => {
    const bytes = await part.toBuffer().catch(() => undefined);
    if (bytes === undefined || part.file.truncated) throw tooLarge(part, bytesMax);
    return bytes;
  });
  return { ...form, bytes: file };
}

export interface KeptUpload<Kept> {
  readonly fileName: string;
  readonly file: Kept;
  readonly fields: Readonly<Record<string, string>>;
  readonly request: IdempotentRequest;
}

/**
 * Like {@link readUpload}, for files of any size: the bytes go to `keep` as they come and are never together in memory.
 * A file over `bytesMax` fails the source, so that `keep` keeps nothing of it.
 */
export async function keepUpload<Kept extends { readonly hash: string }>(
  request: FastifyRequest,
  bytesMax: number,
  keep: (source: AsyncIterable<Uint8Array>) => Promise<Kept>,
): Promise<KeptUpload<Kept>> {
  const { file, ...form } = await readParts(request, bytesMax, (part) => keep(bytesOf(part, bytesMax)));
  return { ...form, file, request: idempotentRequest(request, { fileHash: file.hash, fields: form.fields }) };
}

async function* bytesOf(part: MultipartFile, bytesMax: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of part.file) yield chunk as Uint8Array;
  if (part.file.truncated) throw tooLarge(part, bytesMax);
}

async function readParts<Read>(
  request: FastifyRequest,
  bytesMax: number,
  read: (part: MultipartFile) => Promise<Read>,
): Promise<{ readonly fileName: string; readonly file: Read; readonly fields: Record<string, string> }> {
  if (!request.isMultipart()) {
    throw new Problem('unsupported-file', 'Send the file as multipart/form-data, in a part named "file".');
  }
  const fields: Record<string, string> = {};
  let found: { fileName: string; file: Read } | undefined;
  for await (const part of request.parts({ limits: { fileSize: bytesMax } })) {
    if (part.type === 'field') takeField(fields, part);
    else {
      requireFileName(part.filename);
      const file = await read(part);
      if (part.fieldname !== 'file')
        throw Problem.field(
          `/${part.fieldname}`,
          `The file came in the part "${part.fieldname}": name that part "file".`,
        );
      found = { fileName: part.filename, file };
    }
  }
  if (!found) throw Problem.field('/file', 'There is no part named "file": send the file in it.');
  return { ...found, fields };
}

function tooLarge({ filename }: MultipartFile, bytesMax: number): Problem {
  return new Problem(
    'too-large',
    `The file ${filename} is larger than ${Math.floor(bytesMax / 1024 / 1024)} MiB: send a smaller one.`,
  );
}
