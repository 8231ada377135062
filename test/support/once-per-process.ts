const made = Symbol.for('ringfence.test.once-per-process');
const store = globalThis as { [made]?: Map<string, unknown> };

/** Returns what was made under the name by the first spec file of this process: for what is dear and never changes. */
export function oncePerProcess<T>(name: string, make: () => T): T {
  const kept = (store[made] ??= new Map());
  if (!kept.has(name)) kept.set(name, make());
  return kept.get(name) as T;
}
