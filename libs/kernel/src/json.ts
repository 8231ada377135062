import { Problem } from './problems.js';
import { textFault } from './text.js';

/** How many objects and lists may stand in one another. No request of the API has half as many. */
export const jsonDepthMax = 32;

/** Names by which a program could be made to change its own objects. */
const namesOfPrograms = new Set(['__proto__', 'constructor', 'prototype']);

/** What a JSON text is called where it is refused, and what to do about it. */
export interface JsonPlace {
  /** The JSON pointer of the whole. */
  readonly pointer?: string;
  readonly name?: string;
  readonly hint?: string;
}

/**
 * The one place where JSON that somebody sent becomes a value. Refuses what is not JSON, what is nested deeper than
 * {@link jsonDepthMax}, a name that a program keeps for itself, and a text that cannot be kept. Without a `place`
 * the text is the body of a request.
 */
export function parseJson(text: string, place: JsonPlace = {}): unknown {
  const { pointer = '', name = pointer === '' ? 'The body' : pointer, hint } = place;
  // Before it is read: what reads values one in another could run out of stack.
  if (depthOf(text) > jsonDepthMax) {
    throw malformed(pointer, `${name} is nested more than ${jsonDepthMax} deep: send what the description has.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    const found =
      text.trim() === ''
        ? `${name} is empty: ${hint ?? 'send JSON'}.`
        : `${name} is not JSON: ${hint ?? 'correct it'}.`;
    throw malformed(pointer, found);
  }
  requireSafe(value, pointer);
  return value;
}

function malformed(pointer: string, message: string): Problem {
  return pointer === '' ? new Problem('malformed-request', message) : Problem.field(pointer, message);
}

/** The deepest nesting of a JSON text, without reading it: brackets outside of strings. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (inString) {
      if (letter === '\\') at += 1;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') deepest = Math.max(deepest, (depth += 1));
    else if (letter === '}' || letter === ']') depth -= 1;
  }
  return deepest;
}

function requireSafe(value: unknown, pointer: string): void {
  if (typeof value === 'string') {
    const fault = textFault(value, pointer === '' ? 'The body' : pointer);
    if (fault !== undefined) throw Problem.field(pointer, fault);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => requireSafe(item, `${pointer}/${index}`));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      const at = `${pointer}/${name}`;
      if (namesOfPrograms.has(name)) throw malformed(at, `${at} is a name that no field can have: leave it out.`);
      const fault = textFault(name, `A name in ${pointer === '' ? 'the body' : pointer}`);
      if (fault !== undefined) throw Problem.field(pointer, fault);
      requireSafe(item, at);
    }
  }
}
