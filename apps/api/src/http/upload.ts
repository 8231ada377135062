import { createHash } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import { Problem, requireId } from '@ringfence/kernel';
import { requireFileName, takeField, type ArrivedFile, type IdempotentRequest } from '@ringfence/platform';
import type { FastifyRequest } from 'fastify';
import { idempotentRequest } from './request-context.js';

/** What stands around a file in a form, at most: boundaries, names, and the fields. */
export const formOverheadBytesMax = 64 * 1024;

/** What the description of an upload says besides its limit. */
export function uploadRules(ownerField: string): string {
  return (
    `Send ${ownerField} before the file: nothing of a file is read until it is known that it may come. What one sender ` +
    'and one authority may send in a day is limited by the installation (UPLOADS_PER_DAY_MAX, ' +
    'UPLOAD_MEBIBYTES_PER_DAY_MAX, AUTHORITY_UPLOADS_PER_DAY_MAX, AUTHORITY_UPLOAD_MEBIBYTES_PER_DAY_MAX, ' +
    'UPLOAD_MEBIBYTES_UNUSED_MAX): beyond it the answer is 429 with Retry-After. A request counts with its ' +
    'Content-Length, or as the largest file without one, whether or not it is accepted. Where the disk of the service ' +
    'does not take the file, the answer is 507 and nothing is kept.'
  );
}

type Fields = Readonly<Record<string, string>>;

export interface UploadForm<File> {
  readonly fileName: string;
  readonly file: File;
  /** The other parts of the form, by name. */
  readonly fields: Fields;
}

export interface Upload<File> extends UploadForm<File> {
  /** The same file and fields under the same key are the same request. */
  readonly request: IdempotentRequest;
}

/** What is asked before a file is read. */
export interface UploadGate {
  readonly bytesMax: number;
  /** The field that says whose file it is: it comes before the file. */
  readonly ownerField?: string;
  /** Refuses a sender who may not send the file. It gets the owner's id, the fields so far and the length announced. */
  admit?(ownerId: string, fields: Fields, bytes: number): Promise<void>;
}

/** Reads a form whose file is to be kept: it asks for an Idempotency-Key. See {@link readForm}. */
export async function readUpload(request: FastifyRequest, gate: UploadGate): Promise<Upload<Buffer>> {
  idempotentRequest(request, null);
  const form = await readForm(request, gate);
  const fileHash = createHash('sha256').update(form.file).digest('hex');
  return { ...form, request: idempotentRequest(request, { fileHash, fields: form.fields }) };
}

/**
 * Reads a multipart form with exactly one file, in the part `file`. Refuses one over `bytesMax` before it is read
 * whole, and one that is not let in before it is read at all.
 */
export async function readForm(request: FastifyRequest, gate: UploadGate): Promise<UploadForm<Buffer>> {
  return readParts(request, gate, async (part) => {
    const chunks: Buffer[] = [];
    for await (const chunk of bytesOf(part, gate.bytesMax)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  });
}

/** Takes a file in as it comes, and forgets it again where the rest of its form is refused. */
export interface UploadKeeper {
  arrive(source: AsyncIterable<Uint8Array>): Promise<ArrivedFile>;
  drop(file: ArrivedFile): Promise<void>;
}

/**
 * Like {@link readUpload}, for files of any size: the bytes go to the keeper as they come and are never together in
 * memory. A file over `bytesMax` fails the source, so that nothing of it is kept.
 */
export async function keepUpload(
  request: FastifyRequest,
  gate: UploadGate,
  keeper: UploadKeeper,
): Promise<Upload<ArrivedFile>> {
  idempotentRequest(request, null);
  let arrived: ArrivedFile | undefined;
  try {
    const form = await readParts(
      request,
      gate,
      async (part) => (arrived = await keeper.arrive(bytesOf(part, gate.bytesMax))),
    );
    return { ...form, request: idempotentRequest(request, { fileHash: form.file.hash, fields: form.fields }) };
  } catch (error) {
    if (arrived) await keeper.drop(arrived);
    throw error;
  }
}

async function* bytesOf(part: MultipartFile, bytesMax: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of part.file) {
    yield chunk as Uint8Array;
    if (part.file.truncated) break;
  }
  if (part.file.truncated) throw tooLarge(bytesMax, part.filename);
}

async function readParts<Read>(
  request: FastifyRequest,
  gate: UploadGate,
  read: (part: MultipartFile) => Promise<Read>,
): Promise<UploadForm<Read>> {
  if (!request.isMultipart()) {
    throw new Problem('unsupported-file', 'Send the file as multipart/form-data, in a part named "file".');
  }
  const announced = Number(request.headers['content-length'] ?? gate.bytesMax);
  if (announced > gate.bytesMax + formOverheadBytesMax) throw tooLarge(gate.bytesMax);
  const fields: Record<string, string> = {};
  let found: { fileName: string; file: Read } | undefined;
  for await (const part of request.parts({ limits: { fileSize: gate.bytesMax } })) {
    if (part.type === 'field') takeField(fields, part);
    else {
      requireFileName(part.filename);
      if (part.fieldname !== 'file')
        throw Problem.field(
          `/${part.fieldname}`,
          `The file came in the part "${part.fieldname}": name that part "file".`,
        );
      await admit(gate, fields, announced);
      found = { fileName: part.filename, file: await read(part) };
    }
  }
  if (!found) throw Problem.field('/file', 'There is no part named "file": send the file in it.');
  return { ...found, fields };
}

async function admit({ ownerField, admit: letIn }: UploadGate, fields: Fields, bytes: number): Promise<void> {
  if (ownerField === undefined || letIn === undefined) return;
  if (fields[ownerField] === undefined) {
    throw Problem.field(
      `/${ownerField}`,
      `Send ${ownerField} before the file, which is read only when it is known whose it is.`,
    );
  }
  await letIn(requireId(fields[ownerField], `/${ownerField}`), fields, bytes);
}

function tooLarge(bytesMax: number, name?: string): Problem {
  const file = name === undefined ? 'The file' : `The file ${name}`;
  return new Problem(
    'too-large',
    `${file} is larger than ${Math.floor(bytesMax / 1024 / 1024)} MiB: send a smaller one.`,
  );
}
