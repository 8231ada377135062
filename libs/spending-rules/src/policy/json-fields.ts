import { Problem } from '@ringfence/kernel';

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(input: unknown, at: string): Fields {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Fields;
  throw Problem.field(at, `${at} must be a JSON object.`);
}

/** The fields, none of which is another than those named. */
export function known(input: unknown, at: string, names: readonly string[]): Fields {
  const fields = fieldsOf(input, at);
  const odd = Object.keys(fields).find((name) => !names.includes(name));
  if (odd === undefined) return fields;
  const pointer = `${at}/${odd.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  throw Problem.field(pointer, `${pointer} is not a field here: use ${names.join(', ')}.`);
}

/** A text that says something, without the space around it. */
export function text(value: unknown, at: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw Problem.field(at, `${at} must be a text that is not empty.`);
}
