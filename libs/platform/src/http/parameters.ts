import { Problem, textFault } from '@ringfence/kernel';

/**
 * The parameters of a query or of a form (`application/x-www-form-urlencoded`), each of them once. Refuses what does
 * not decode to UTF-8, a text that cannot be kept, and a name that comes twice: which of the two is meant is not for
 * a program to guess.
 */
export function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const name = decoded(pair.slice(0, at), 'A name of the parameters');
    if (parameters.has(name)) throw Problem.field(`/${name}`, `/${name} is given more than once: give it once.`);
    parameters.set(name, decoded(pair.slice(at + 1), `/${name}`));
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
