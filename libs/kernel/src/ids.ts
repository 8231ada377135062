import { v7, validate } from 'uuid';
import { Problem } from './problems.js';

/** A new UUID, version 7: ids made later sort later. */
export function newId(): string {
  return v7();
}

export function isId(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}

/** Refuses, naming the field, anything that is not a UUID. `field` is a JSON pointer. */
export function requireId(text: unknown, field: string): string {
  if (!isId(text))
    throw Problem.field(field, `${field} is ${JSON.stringify(text)}: it must be an id such as "${v7()}".`);
  return text;
}
