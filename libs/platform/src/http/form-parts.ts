import { Problem, textFault } from '@ringfence/kernel';

/** A field of a multipart form, as @fastify/multipart gives it: a part that says it is JSON comes as what it holds. */
export interface FormField {
  readonly fieldname: string;
  readonly value: unknown;
  readonly valueTruncated?: boolean;
}

/** Takes a field into those read before it. Refuses what cannot be kept, what was cut off, and a name that comes twice. */
export function takeField(fields: Record<string, string>, { fieldname: name, value, valueTruncated }: FormField): void {
  const fault = textFault(name, 'The name of a part of the form');
  if (fault !== undefined) throw new Problem('malformed-request', fault);
  const at = `/${name}`;
  if (Object.hasOwn(fields, name)) throw Problem.field(at, `${at} is given more than once: give it once.`);
  if (typeof value !== 'string') throw Problem.field(at, `${at} is not sent as text: leave out the type of its part.`);
  if (valueTruncated) throw Problem.field(at, `${at} is longer than a field of a form may be: write less.`);
  const inText = textFault(value, at);
  if (inText !== undefined) throw Problem.field(at, inText);
  fields[name] = value;
}

/** Refuses the name of a file that cannot be kept. */
export function requireFileName(name: string): void {
  const fault = textFault(name, 'The name of the file');
  if (fault !== undefined) throw Problem.field('/file', fault);
}
