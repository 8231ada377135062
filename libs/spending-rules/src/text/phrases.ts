import { CutEnds } from './cut-off.js';
import { PhraseSieve } from './phrase-sieve.js';

/**
 * A list of phrases of the small language, ready to be found in normalised texts. Words match whole words:
 * `word~` also matches longer words that begin so; `(a|b c)` is a choice; `word?` may be missing; `*` is up to five
 * words and `<word>` any one word of letters; `^` at the start of a phrase ties it to the start of a bank line, after what
 * banks print before a name, and `$` at its end to the end; `surg…ery` counts only where a bank has cut a name off there.
 */
export class Phrases {
  private sieve: PhraseSieve | undefined;
  private pattern: RegExp | undefined;
  private cuts: CutEnds | undefined;

  constructor(readonly texts: readonly string[]) {}

  /** Whether one of the phrases stands in the text. */
  matches(text: string): boolean {
    if (this.texts.length === 0) return false;
    this.sieve ??= new PhraseSieve(this.whole(), phrasePattern);
    return this.sieve.matches(text);
  }

  /** The words that one of the phrases matched first, for showing what was seen. */
  firstMatch(text: string): string | undefined {
    const pattern = this.wholePattern();
    pattern.lastIndex = 0;
    return pattern.exec(text)?.[0];
  }

  /** The text with every one of the phrases struck out, so that words on either side cannot join up. */
  strikeFrom(text: string): string {
    return this.matches(text) ? text.replace(this.wholePattern(), ' ¦ ') : text;
  }

  /** The text with its cut end written out, once for each phrase that may have stood there. */
  completions(text: string): readonly string[] {
    if (this.texts.length === 0) return none;
    return this.cutEnds().completions(text);
  }

  /** The words with which a text that is cut off within one of the phrases ends. */
  lastWordsOfCuts(): ReadonlySet<string> {
    return this.cutEnds().lastWords;
  }

  private cutEnds(): CutEnds {
    this.cuts ??= new CutEnds(this.texts);
    return this.cuts;
  }

  /** Phrases that count wherever they stand, and not only where they are cut off. */
  private whole(): string[] {
    return this.texts.filter((phrase) => !phrase.includes('…'));
  }

  private wholePattern(): RegExp {
    const whole = this.whole();
    this.pattern ??= new RegExp(whole.length > 0 ? whole.map(phrasePattern).join('|') : '(?!)', 'g');
    return this.pattern;
  }
}

export const noPhrases = new Phrases([]);

const none: readonly string[] = [];

/** Whether a text is a phrase of the small language. */
export function isPhrase(text: string): boolean {
  const [cut, rest, ...more] = text.split('…');
  if (rest !== undefined) return more.length === 0 && plainWords.test(`${cut}${rest}`);
  return phraseForm.test(text);
}

/** Words, ends left open, and choices of words: the part of the language in which nothing may be missing or tied. */
export function isPlainPhrase(text: string): boolean {
  return plainForm.test(text);
}

const plainWords = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const plainForm = phrasesOf('[a-z0-9]+~?', '');
const phraseForm = phrasesOf('(?:[a-z0-9]+~?|<word>)', '\\??');

/** A pattern of phrases of such words, in which each word or choice may have such a mark. */
function phrasesOf(word: string, mark: string): RegExp {
  const choice = `\\(${word}(?:[ |]${word})*\\)`;
  const part = mark === '' ? `(?:${word}|${choice})` : `(?:(?:${word}|${choice})${mark}|\\*)`;
  return mark === '' ? new RegExp(`^${part}(?: ${part})*$`) : new RegExp(`^\\^?${part}(?: ${part})*\\$?$`);
}

function phrasePattern(phrase: string): string {
  const tied = phrase.startsWith('^');
  const ends = phrase.endsWith('$');
  const words = phrase.slice(tied ? 1 : 0, ends ? -1 : undefined).match(/\([^)]*\)\??|\S+/g) ?? [];
  const body = words.map((word, place) => {
    if (word === '*') return '(?: [a-z0-9]+){0,5}';
    const optional = word.endsWith('?');
    const plain = optional ? word.slice(0, -1) : word;
    const pattern = plain.startsWith('(') ? `(?:${openEnds(plain.slice(1, -1))})` : openEnds(plain);
    return place === 0 ? pattern : optional ? `(?: ${pattern})?` : ` ${pattern}`;
  });
  return `${tied ? '^' : '(?<![a-z0-9])'}${body.join('')}${ends ? '$' : '(?![a-z0-9])'}`;
}

function openEnds(word: string): string {
  return word.replaceAll('~', '[a-z0-9]*').replaceAll('<word>', '[a-z]+');
}
