/**
 * The small language of signal phrases. Words match whole words, in any case and punctuation:
 * `word~` also matches longer words that begin so; `(a|b c)` is a choice; `word?` may be
 * missing; `*` is up to five words; `^` at the start of a phrase ties it to the start of a bank line, after what banks
 * print before a name; `…` at the end of one makes it count only where a bank has cut the line off after it.
 */

/** Lower case, no accents, `&` as "and", apostrophes closed up, anything else that is no letter or digit a space. */
export function normalise(text: string): string {
  // Most bank lines are ASCII, which has no accents to take off.
  const plain = ascii.test(text) ? text.replaceAll("'", '') : unaccented(text);
  return plain
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const ascii = /^[\x20-\x7e]*$/;

function unaccented(text: string): string {
  return text.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '');
}

/** A bank narrative without what banks and card machines print around the name, and without store numbers. */
export function bankText(text: string): string {
  let rest = normalise(text).replace(/(?<![a-z0-9])\d{3,}(?![a-z0-9])/g, ' ');
  rest = rest.replace(/\s+/g, ' ').trim();
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(bankPrefix, '');
  }
  return rest;
}

/** The person's name that is all a bank transfer says (`J SMITH`, `MRS A JONES`); undefined when it says more. */
export function transferToPerson(text: string): string | undefined {
  if (!transfer.test(normalise(text))) return undefined;
  const rest = bankText(text);
  return personName.test(rest) ? rest.toUpperCase() : undefined;
}

export function mentions(text: string, phrases: readonly string[] | undefined): boolean {
  if (!phrases || phrases.length === 0) return false;
  const pattern = compiled(phrases);
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** The text with every one of the phrases struck out, so that words on either side cannot join up. */
export function without(text: string, phrases: readonly string[] | undefined): string {
  return phrases && phrases.length > 0 ? text.replace(compiled(phrases), ' ¦ ') : text;
}

/** Banks cut long names off: whether the end of the text is the beginning (5 letters or more) of a plain phrase. */
export function endsCutOff(text: string, phrases: readonly string[] | undefined): boolean {
  return (phrases ?? []).some((phrase) => {
    if (phrase.endsWith('…')) return ` ${text}`.endsWith(` ${phrase.slice(0, -1)}`);
    if (!/^[a-z0-9 ]+$/.test(phrase)) return false;
    const shortest = Math.max(5, phrase.lastIndexOf(' ') + 2);
    for (let length = phrase.length - 1; length >= shortest; length--) {
      if (` ${text}`.endsWith(` ${phrase.slice(0, length)}`)) return true;
    }
    return false;
  });
}

const transfer = /(?<![a-z0-9])(transfer|faster payment|fpo|fps|bacs|standing order|bill payment|sent to)(?![a-z0-9])/;
const personName =
  /^(?:(?:mr|mrs|ms|miss|mx|dr) )?(?:[a-z] ){1,2}[a-z]{2,}$|^(?:mr|mrs|ms|miss|mx) (?:[a-z]+ )?[a-z]{2,}$/;

const bankPrefix = new RegExp(
  `^(?:${[
    'card (?:payment|purchase|transaction)(?: to)?',
    '(?:bill )?payment to',
    'bill payment(?: to)?',
    'direct debit(?: payment)?(?: to)?',
    'standing order(?: to)?',
    'faster payments?(?: to)?',
    '(?:bank|online|mobile) transfer(?: to)?',
    'transfer(?: to)?',
    'visa (?:purchase|debit)',
    'debit card',
    'contactless',
    'sent to',
    '(?:fpo|fps|fpi|bacs|bgc|bp|pos|dd|ddr|deb|vis|crd|sumup|sq|zettle|izettle|iz)',
  ].join('|')}) `,
);

const cache = new WeakMap<readonly string[], RegExp>();

function compiled(phrases: readonly string[]): RegExp {
  const known = cache.get(phrases);
  if (known) return known;
  const whole = phrases.filter((phrase) => !phrase.endsWith('…'));
  const pattern = new RegExp(whole.length > 0 ? whole.map(phrasePattern).join('|') : '(?!)', 'g');
  cache.set(phrases, pattern);
  return pattern;
}

function phrasePattern(phrase: string): string {
  const tied = phrase.startsWith('^');
  const words = (tied ? phrase.slice(1) : phrase).match(/\([^)]*\)\??|\S+/g) ?? [];
  const body = words.map((word, place) => {
    if (word === '*') return '(?: [a-z0-9]+){0,5}';
    const optional = word.endsWith('?');
    const plain = optional ? word.slice(0, -1) : word;
    const pattern = plain.startsWith('(') ? `(?:${endings(plain.slice(1, -1))})` : endings(plain);
    return place === 0 ? pattern : optional ? `(?: ${pattern})?` : ` ${pattern}`;
  });
  return `${tied ? '^' : '(?<![a-z0-9])'}${body.join('')}(?![a-z0-9])`;
}

function endings(word: string): string {
  return word.replace(/~/g, '[a-z0-9]*');
}
