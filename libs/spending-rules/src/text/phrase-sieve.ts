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

/**
 * A list of phrases, filed under the words that must stand in a text: of the hundreds of a list, the two or three whose
 * word is there are tried one by one, which is much quicker than one pattern of them all.
 */
export class PhraseSieve {
  /** Under a word that is a phrase by itself there is nothing more to look at. */
  private readonly words = new Map<string, Phrase[] | 'itself'>();
  private readonly beginnings = new Map<string, Phrase[]>();
  private readonly beginningLengths: readonly number[];
  private readonly others: Phrase[] = [];

  /** `patternOf` gives the pattern of one phrase. */
  constructor(
    phrases: readonly string[],
    private readonly patternOf: (phrase: string) => string,
  ) {
    for (const text of phrases) {
      if (singleWord.test(text)) {
        this.words.set(text, 'itself');
        continue;
      }
      const phrase: Phrase = { text, plain: severalWords.test(text) ? ` ${text} ` : undefined };
      const keys = phraseKeys(text);
      if (!keys) this.others.push(phrase);
      for (const { word, open } of keys ?? []) {
        const filed: Map<string, Phrase[] | 'itself'> = open ? this.beginnings : this.words;
        const beside = filed.get(word);
        if (!beside) filed.set(word, [phrase]);
        else if (beside !== 'itself') beside.push(phrase);
      }
    }
    this.beginningLengths = [...new Set([...this.beginnings.keys()].map(({ length }) => length))];
  }

  /** Whether one of the phrases stands in the text, which is normalised. */
  matches(text: string): boolean {
    if (this.others.length > 0 && this.oneOf(this.others, text)) return true;
    const words = wordsOf(text);
    for (const word of words) {
      const filed = this.words.get(word);
      if (filed && (filed === 'itself' || this.oneOf(filed, text))) return true;
    }
    for (const length of this.beginningLengths) {
      for (const word of words) {
        const filed = word.length < length ? undefined : this.beginnings.get(word.slice(0, length));
        if (filed && this.oneOf(filed, text)) return true;
      }
    }
    return false;
  }

  private oneOf(phrases: readonly Phrase[], text: string): boolean {
    for (const phrase of phrases) {
      if (phrase.plain !== undefined) {
        if (spacedOf(text).includes(phrase.plain)) return true;
        continue;
      }
      phrase.pattern ??= new RegExp(this.patternOf(phrase.text));
      if (phrase.pattern.test(text)) return true;
    }
    return false;
  }
}

const singleWord = /^[a-z0-9]+$/;
const severalWords = /^[a-z0-9]+(?: [a-z0-9]+)+$/;

interface Phrase {
  readonly text: string;
  /** Of words alone, with the spaces around them: it needs no pattern. */
  readonly plain: string | undefined;
  /** Made when it is first tried: most of the names of a list are never met. */
  pattern?: RegExp;
}

/** One text is asked about many lists in a row. */
function wordsOf(text: string): readonly string[] {
  remember(text);
  return lastWords;
}

function spacedOf(text: string): string {
  remember(text);
  return lastSpaced;
}

function remember(text: string): void {
  if (text !== lastText) [lastText, lastWords, lastSpaced] = [text, text.split(' '), ` ${text} `];
}

let lastText = '';
let lastWords: readonly string[] = [];
let lastSpaced = '';
