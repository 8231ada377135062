import { RuleFileFault, type Line } from './rule-file.js';

/**
 * Lists of words that several rules use, by the name of their file. An entry `{animals}` stands for every entry of the
 * list; within a phrase, `{animals} surgery` stands for a choice of them; `{on-the-way-to: doctor, gp}` hands the list a
 * choice of its own, which it writes as `{these}`.
 */
export class PhraseLists {
  private readonly used = new Set<string>();

  constructor(private readonly lists: ReadonlyMap<string, readonly Line[]>) {}

  /** The entries written out. Each keeps the line on which it stands, so that a refusal can name it. */
  writtenOut(entries: readonly Line[]): Line[] {
    return this.expanded(entries, [], undefined);
  }

  /** Lists that no rule has used. */
  unused(): string[] {
    return [...this.lists.keys()].filter((name) => !this.used.has(name));
  }

  private expanded(entries: readonly Line[], within: readonly string[], these: string | undefined): Line[] {
    return entries.flatMap((entry): Line[] => {
      const [, whole, places] = /^\{([^{}:]+)(?::([^{}]*))?\}$/.exec(entry.text) ?? [];
      if (whole === undefined || whole === 'these') {
        return [{ ...entry, text: this.withChoices(entry, within, these) }];
      }
      const given = places === undefined ? undefined : choiceOf(places.split(',').map((place) => place.trim()));
      return this.expanded(this.listOf(whole, entry, within), [...within, whole], given);
    });
  }

  private withChoices(entry: Line, within: readonly string[], these: string | undefined): string {
    return entry.text.replace(/\{([^{}]*)\}/g, (_, name: string) => {
      if (name === 'these') {
        if (these !== undefined) return these;
        throw new RuleFileFault(
          entry,
          '{these} stands only in a list to which words are handed, as {on-the-way-to: gp}.',
        );
      }
      const words = this.expanded(this.listOf(name, entry, within), [...within, name], undefined);
      const odd = words.find(({ text }) => /[()|^$*?…]/.test(text));
      if (odd)
        throw new RuleFileFault(
          entry,
          `{${name}} has ${JSON.stringify(odd.text)}: within a phrase only plain words can be chosen from.`,
        );
      return choiceOf(words.map(({ text }) => text));
    });
  }

  private listOf(name: string, at: Line, within: readonly string[]): readonly Line[] {
    if (within.includes(name)) throw new RuleFileFault(at, `{${name}} is a list within itself.`);
    const list = this.lists.get(name);
    if (!list) throw new RuleFileFault(at, `there is no list {${name}}: add lists/${name}.txt, or correct the name.`);
    this.used.add(name);
    return list;
  }
}

function choiceOf(words: readonly string[]): string {
  return `(${words.join('|')})`;
}
