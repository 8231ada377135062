/** A phrase that may be cut within a choice of words is written out in at most so many ways; one with more is not. */
const waysMax = 400;
/** Of a phrase of one word a bank must have left so much, so that `SCREEN` is not taken for `SCREENING`. */
const shareOfWordMin = 0.7;
const lettersMin = 5;
const lettersOfLastWordMin = 2;

/**
 * A list of phrases as banks cut them off, after 18 to 22 characters of a name. `surg…ery` says that so short a rest is
 * enough.
 */
export class CutEnds {
  /** What each cut text may have been. */
  private readonly wholes = new Map<string, string[]>();
  /** The last words of the cut texts: most texts end in none of them. */
  readonly lastWords: ReadonlySet<string>;

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const [cut, rest] = phrase.split('…');
      if (rest !== undefined) {
        this.add(cut!, cut! + rest);
        continue;
      }
      for (const whole of waysOf(phrase)) {
        const lastWord = whole.lastIndexOf(' ') + 1;
        const shortest =
          lastWord > 0
            ? Math.max(lettersMin, lastWord + lettersOfLastWordMin)
            : Math.max(lettersMin, Math.ceil(whole.length * shareOfWordMin));
        for (let length = shortest; length < whole.length; length++) this.add(whole.slice(0, length), whole);
      }
    }
    this.lastWords = new Set([...this.wholes.keys()].map(lastWordOf));
  }

  /** The text with its cut end written out, once for each phrase that may have stood there. */
  completions(text: string): readonly string[] {
    if (!this.lastWords.has(lastWordOf(text))) return none;
    const found: string[] = [];
    let from = text.length;
    for (let words = 0; words < wordsMax && from > 0; words++) {
      from = text.lastIndexOf(' ', from - 1);
      const end = text.slice(from + 1);
      for (const whole of this.wholes.get(end) ?? []) found.push(text.slice(0, from + 1) + whole);
      if (from < 0) break;
    }
    return found;
  }

  private add(cut: string, whole: string): void {
    const wholes = this.wholes.get(cut);
    if (!wholes) this.wholes.set(cut, [whole]);
    else if (!wholes.includes(whole)) wholes.push(whole);
  }
}

const wordsMax = 5;
const none: readonly string[] = [];

function lastWordOf(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1);
}

/** A phrase of the small language written out: each choice, with and without what may be missing. */
function waysOf(phrase: string): string[] {
  if (phrase.includes('*') || phrase.startsWith('^') || phrase.endsWith('$')) return [];
  let ways = [''];
  for (const part of phrase.match(/\([^)]*\)\??|\S+/g) ?? []) {
    const optional = part.endsWith('?');
    const plain = optional ? part.slice(0, -1) : part;
    const choices = plain.startsWith('(') ? plain.slice(1, -1).split('|') : [plain];
    const longer = ways.flatMap((way) => choices.map((choice) => (way === '' ? choice : `${way} ${choice}`)));
    ways = optional ? [...ways, ...longer] : longer;
    if (ways.length > waysMax) return [];
  }
  // An open end is known by its beginning; one within a phrase is not written out.
  return ways.map((way) => way.replace(/~$/, '')).filter((way) => /^[a-z0-9 ]+$/.test(way));
}
