import { Problem, textFault } from '@ringfence/kernel';

/**
 * The parameters of a query or of a form (`application/x-www-form-urlencoded`), in their order. Refuses what does not
 * decode to UTF-8, and a text that cannot be kept.
 */
export function readPairs(text: string): (readonly [name: string, value: string])[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
      const name = decoded(pair.slice(0, at), 'A name of the parameters');
      return [name, decoded(pair.slice(at + 1), `/${name}`)];
    });
}

/** The same, each once. Refuses a name that comes twice: which of the two is meant is not for a program to guess. */
export function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of readPairs(text)) {
    if (parameters.has(name)) throw Problem.field(`/${name}`, `/${name} is given more than once: give it once.`);
    parameters.set(name, value);
  }
  return parameters;
}

function decoded(text: string, where: string): string {
  let plain: string;
  try {
    plain = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Problem('malformed-request', `${where} holds a % that begins no UTF-8 character: write % itself as %25.`);
  }
  const fault = textFault(plain, where);
  if (fault !== undefined) throw new Problem('malformed-request', fault);
  return plain;
}
