/** A word that must stand in a text that a phrase matches; `open` says that a longer word may begin with it. */
export interface PhraseKey {
  readonly word: string;
  readonly open: boolean;
}

/**
 * The first words of one of the parts of a phrase that must be there: one of them stands in every text that it matches.
 * Of several parts, the one with the fewest choices. Nothing where every part may be missing.
 */
export function phraseKeys(phrase: string): readonly PhraseKey[] | undefined {
  const parts = (phrase.replace(/^\^|\$$/g, '').match(/\([^)]*\)\??|\S+/g) ?? [])
    .filter((part) => part !== '*' && !part.endsWith('?'))
    .map((part) => (part.startsWith('(') ? part.slice(1, -1).split('|') : [part]))
    .map((choices) => choices.map((choice) => choice.split(' ')[0] ?? ''));
  const best = parts
    .filter((choices) => choices.every((word) => /^[a-z0-9]/.test(word)))
    .sort((a, b) => a.length - b.length || (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0];
  return best?.map((choice) => {
    const word = /^[a-z0-9]+/.exec(choice)?.[0] ?? '';
    return { word, open: word !== choice };
  });
}

/** Whether one of a list of phrases could match: told by the words of a text alone, so that few patterns need be tried. */
export class PhraseSieve {
  private readonly words = new Set<string>();
  private readonly beginnings = new Set<string>();
  private readonly beginningLengths: readonly number[];
  private readonly any: boolean;

  constructor(phrases: readonly string[]) {
    const keys = phrases.map(phraseKeys);
    this.any = keys.includes(undefined);
    for (const { word, open } of keys.flatMap((some) => some ?? [])) {
      (open ? this.beginnings : this.words).add(word);
    }
    this.beginningLengths = [...new Set([...this.beginnings].map(({ length }) => length))];
  }

  /** `text` is normalised. Never false where a phrase matches. */
  mayMatch(text: string): boolean {
    if (this.any) return true;
    const words = wordsOf(text);
    for (const word of words) if (this.words.has(word)) return true;
    for (const length of this.beginningLengths) {
      for (const word of words) if (word.length >= length && this.beginnings.has(word.slice(0, length))) return true;
    }
    return false;
  }
}

/** One text is asked about many lists in a row. */
function wordsOf(text: string): readonly string[] {
  if (text !== lastText) [lastText, lastWords] = [text, text.split(' ')];
  return lastWords;
}

let lastText = '';
let lastWords: readonly string[] = [];
