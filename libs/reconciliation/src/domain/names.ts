/** The shortest name that is looked for: initials alone name nobody. */
export const nameCharactersMin = 3;

/** The first of the names that stands in the text as whole words, whatever the capitals and the punctuation. */
export function nameIn(text: string, names: readonly string[]): string | undefined {
  const padded = ` ${plain(text)} `;
  return names.find((name) => plain(name).length >= nameCharactersMin && padded.includes(` ${plain(name)} `));
}

function plain(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
