import type { MultipartFile } from '@fastify/multipart';
import { Problem } from '@ringfence/kernel';
import { requireFileName, takeField } from '@ringfence/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireToken } from '../shell/csrf.js';
import { uploadBytesMax } from './limits.js';

/** A multipart form that was read to its end. `file` is absent when none was chosen. */
export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  readonly file?: { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array };
}

/** What may be sent in all: the largest file several times over, so that a page can say that it is too much. */
export const uploadRequestBytesMax = 4 * uploadBytesMax;

/** Refuses a sender who may not send the file; it gets the fields that came before it, and the length announced. */
export type LetIn = (fields: Readonly<Record<string, string>>, bytes: number) => Promise<void>;

/**
 * Reads an upload part by part. The token must come first: nothing of a forged form is read. The file is read when
 * `letIn` has let it in. One beyond {@link uploadBytesMax} is read to its end and thrown away, so that the browser gets
 * the page that says so.
 */
export async function readUpload(request: FastifyRequest, reply: FastifyReply, letIn: LetIn): Promise<Upload> {
  if (!request.isMultipart()) throw new Problem('unsupported-file', 'Choose a file and send it with the form.');
  const announced = Number(request.headers['content-length'] ?? uploadBytesMax);
  if (announced > uploadRequestBytesMax) throw tooLarge();
  const fields: Record<string, string> = {};
  let file: Upload['file'];
  let checked = false;
  for await (const part of request.parts()) {
    if (!checked) {
      request.firstPartCsrfToken = part.type === 'field' && part.fieldname === '_csrf' ? String(part.value) : '';
      await requireToken(request);
      reply.locals = { ...reply.locals, csrfToken: reply.generateCsrf() };
      checked = true;
    } else if (part.type === 'field') {
      takeField(fields, part);
    } else {
      requireFileName(part.filename);
      // A browser sends an empty part where no file was chosen: the form says so, and nothing is counted.
      if (part.filename !== '') await letIn(fields, announced);
      const read = await readFile(part);
      if (part.filename !== '' && read.length > 0) {
        file = { name: part.filename.slice(-255), contentType: part.mimetype, bytes: read };
      }
    }
  }
  if (!checked)
    throw new Problem('not-permitted', 'The form arrived empty: go back, reload the page and send it again.');
  return file ? { fields, file } : { fields };
}

async function readFile(part: MultipartFile): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of part.file as AsyncIterable<Buffer>) chunks.push(chunk);
  if (part.file.truncated) throw tooLarge();
  return Buffer.concat(chunks);
}

function tooLarge(): Problem {
  return Problem.field('/file', `The file is larger than ${uploadBytesMax / 1024 / 1024} MB: choose a smaller one.`);
}
