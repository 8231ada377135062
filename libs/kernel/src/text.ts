/** What neither UTF-8 nor PostgreSQL can keep: U+0000, and half of a character that takes two (a lone surrogate). */
const unkeepable = /[\0\p{Surrogate}]/u;

/** Whether a text can be kept and given back as it is. */
export function isKeepable(text: string): boolean {
  return !unkeepable.test(text);
}

/** Returns the sentence that refuses a text which cannot be kept. `where` begins it: a JSON pointer, or what a person calls it. */
export function textFault(text: string, where: string): string | undefined {
  const found = unkeepable.exec(text)?.[0];
  if (found === undefined) return undefined;
  const number = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const what = found === '\0' ? number : `${number}, half of one`;
  return `${where} holds a character that cannot be kept (${what}): remove it.`;
}
