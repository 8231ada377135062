// The module hooks of a process that runs spec files: TypeScript as it stands, and Jest's own `@jest/globals`.
import { resolve as resolveSource } from '../typescript-hooks.mjs';

export { load } from '../typescript-hooks.mjs';

const globals = new URL('globals.mjs', import.meta.url).href;
const tests = new URL('../../', import.meta.url).href;

/** What tests import of each other is loaded for each spec file, so that they share no counter and no cache. */
export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: globals, shortCircuit: true };
  const found = await resolveSource(specifier, context, next);
  const [run] = /\?run=\d+$/.exec(context.parentURL ?? '') ?? [];
  return run && found.url.startsWith(tests) && found.url.endsWith('.ts') ? { ...found, url: found.url + run } : found;
}
