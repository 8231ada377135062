import { bankText, normalise } from '@ringfence/spending-rules';

/** Ways in which banks write a person: in full, by initials, surname first. */
export interface PersonNames {
  /**
   * The name that the narrative begins with, once what the bank prints before names is taken off. A name further back is
   * a reference, such as a council's or a pension scheme's. One of initials proves nothing where a known payee
   * (normalised) bears it too.
   */
  atStartOf(description: string, payees: readonly string[]): string | undefined;
}

export function personNames(names: readonly string[]): PersonNames {
  const full = new Set<string>();
  const initialled = new Set<string>();
  for (const name of names) {
    const words = withoutTitle(normalise(name).split(' '));
    const [first, last] = [words[0], words.at(-1)];
    if (words.length < 2) continue;
    full.add(words.join(' ')).add(`${first} ${last}`).add(`${last} ${first}`);
    for (const form of initialForms(words)) initialled.add(form);
  }
  const wordsMax = Math.max(0, ...[...full, ...initialled].map((form) => form.split(' ').length));
  return {
    atStartOf(description, payees) {
      if (wordsMax === 0) return undefined;
      const words = withoutTitle(afterDirection(bankText(description)).split(' '));
      for (let length = Math.min(wordsMax, words.length); length >= 2; length -= 1) {
        const form = words.slice(0, length).join(' ');
        if (full.has(form)) return form;
        if (initialled.has(form) && !payees.some((payee) => couldBe(payee, form))) return form;
      }
      return undefined;
    },
  };
}

/**
 * Another account that the narrative names by sort code and number: `designated` where it is one of the same budgets,
 * for money that moves between two is not income (a card provider that changes), else its sort code where that is the
 * account's own, which is no more than a hint.
 */
export function ownAccountIn(
  description: string,
  account: {
    readonly sortCode: string | null;
    readonly accountNumber: string | null;
    readonly otherAccounts: readonly string[];
  },
): string | undefined {
  const found = accountNumbers.exec(description);
  if (!found) return undefined;
  const sortCode = `${found[1]}${found[2]}${found[3]}`;
  if (account.otherAccounts.includes(sortCode + found[4])) return 'designated';
  if (sortCode !== account.sortCode || found[4] === account.accountNumber) return undefined;
  return `${found[1]}-${found[2]}-${found[3]} ${found[4]}`;
}

const accountNumbers = /(?<!\d)(\d\d)[- ]?(\d\d)[- ]?(\d\d)[- ]{0,2}(\d{8})(?!\d)/;
const titles = ['mr', 'mrs', 'ms', 'miss', 'mx', 'dr'];

function withoutTitle(words: string[]): string[] {
  return words.length > 2 && titles.includes(words[0] as string) ? words.slice(1) : words;
}

/** `from` and `to` stand before a name where the bank has written them behind its own words. */
function afterDirection(text: string): string {
  return text.replace(/^(?:(?:from|to|so|sto|tfr|ft|fp|stp|transfer) )+/, '');
}

/** Whether a payee's name, both normalised, can be written as initials in this way. */
function couldBe(payee: string, form: string): boolean {
  return initialForms(withoutTitle(payee.split(' '))).includes(form);
}

/** `rosa maria perez` as `r perez`, `r m perez`, `rm perez` and `perez r`. */
function initialForms(words: readonly string[]): string[] {
  const initials = words.slice(0, -1).map((word) => word.charAt(0));
  const [first = '', last = ''] = [initials[0], words.at(-1)];
  return [`${first} ${last}`, `${initials.join(' ')} ${last}`, `${initials.join('')} ${last}`, `${last} ${first}`];
}
