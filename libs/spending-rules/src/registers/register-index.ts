import { beginningTells, isChain, nameWords, weightOf, wordsOf, type Weight } from './names.js';
import { kindOfRegister, type RegisterName, type RegisterRow, type SiteRegister } from './register.js';

/** A name of a register that a bank line bears. */
export interface RegisterHit {
  readonly register: SiteRegister;
  readonly kind: (typeof kindOfRegister)[SiteRegister];
  /** As the register has it. */
  readonly name: string;
  /** Where the name could be anybody's, it asks only together with something else. */
  readonly weak: boolean;
}

interface Entry {
  readonly register: SiteRegister;
  readonly name: string;
  sites: number;
  weight: Weight;
  readonly places: Set<string>;
}

/** The shortest beginning of a name, in characters of its words, that is looked for among cut names. */
const beginningMin = 12;
/** Banks print no name shorter than this cut off. */
const cutOffMin = 18;

/**
 * The names of the registers, ready to be found in bank lines: whole, followed by a town, a store number or a company's
 * ending, or cut off by the bank. Some 27,000 names; built once and only read after that.
 */
export class RegisterIndex {
  private readonly entries = new Map<string, Entry[]>();
  private readonly places = new Set<string>();
  private readonly meanings = new Map<string, string>();
  private sorted: string[] = [];
  private sortedPlaces: string[] = [];

  constructor(registers: Iterable<readonly [RegisterName, Iterable<RegisterRow>]>) {
    for (const [register, rows] of registers) {
      for (const row of rows) {
        if (register === 'mcc') this.meanings.set(row.code, row.name);
        else this.addSite(register, row);
      }
    }
    for (const [key, entries] of this.entries) {
      const words = key.split(' ');
      for (const entry of entries) {
        entry.weight = this.isBranch(words, entry.register) ? 'telling' : weightOf(words, entry.sites);
      }
    }
    this.sorted = [...this.entries.keys()].sort();
    this.sortedPlaces = [...this.places].sort();
  }

  /** Distinct names of sites. */
  get size(): number {
    return this.entries.size;
  }

  /** What a merchant code means; undefined without the list or for a code that is not in it. */
  meaningOf(mcc: string): string | undefined {
    return this.meanings.get(mcc);
  }

  /** Registers in which the bank's text, normalised and without its prefixes, is a name. `printed`: the whole line. */
  match(bank: string, printed: string): readonly RegisterHit[] {
    if (this.sorted.length === 0) return none;
    const words = wordsOf(bank);
    if (words.length === 0) return none;
    const cutOff = printed.trim().length >= cutOffMin;
    for (let taken = words.length; taken > 0; taken--) {
      const name = words.slice(0, taken).join(' ');
      const found = this.entries.get(name);
      if (found) {
        const rest = words.slice(taken);
        if (this.explains(rest, cutOff)) return found.map((entry) => hit(entry, weakHere(entry, rest)));
      }
      if (!cutOff || name.length < beginningMin || !this.explains(words.slice(taken), cutOff)) continue;
      const whole = firstFrom(this.sorted, name);
      if (!whole?.startsWith(name)) continue;
      const tells = beginningTells(words.slice(0, taken), whole.split(' '));
      return (this.entries.get(whole) ?? []).map((entry) => hit(entry, !tells || entry.weight === 'weak'));
    }
    return none;
  }

  private addSite(register: SiteRegister, row: RegisterRow): void {
    const key = nameWords(row.name).join(' ');
    if (key === '') return;
    const held = this.entries.get(key);
    let entry = held?.find((one) => one.register === register);
    if (!entry) {
      entry = { register, name: row.name, sites: 0, weight: 'weak', places: new Set() };
      if (held) held.push(entry);
      else this.entries.set(key, [entry]);
    }
    entry.sites += 1;
    for (const place of row.places) {
      const words = nameWords(place);
      if (words.length === 0 || words.length > placeWordsMax) continue;
      const known = words.join(' ');
      this.places.add(known);
      // A chain is in every town: its own are not worth keeping.
      if (entry.places.size < placesKeptMax) entry.places.add(known);
    }
  }

  /** `Well Carnforth - Market Street`: a branch, listed under a chain's name and its address. */
  private isBranch(words: readonly string[], register: SiteRegister): boolean {
    const chain = [words.slice(0, 1), words.slice(0, 2)].filter((start) => start.length < words.length);
    const entries = chain.flatMap((start) => this.entries.get(start.join(' ')) ?? []);
    return entries.some((entry) => entry.register === register && isChain(entry.sites));
  }

  /** Whether what follows a name is a town, a number, or what a company and a card machine add. */
  private explains(rest: readonly string[], cutOff: boolean): boolean {
    let at = 0;
    while (at < rest.length) {
      const word = rest[at]!;
      if (/^\d/.test(word) || endings.has(word)) {
        at += 1;
        continue;
      }
      let length = Math.min(placeWordsMax, rest.length - at);
      while (length > 0 && !this.places.has(rest.slice(at, at + length).join(' '))) length -= 1;
      if (length === 0) {
        const last = rest.slice(at).join(' ');
        return cutOff && last.length >= 3 && firstFrom(this.sortedPlaces, last)?.startsWith(last) === true;
      }
      at += length;
    }
    return true;
  }
}

/** For assessing without registers: it knows no name. */
export const noRegisters = new RegisterIndex([]);

const none: readonly RegisterHit[] = [];
const placeWordsMax = 4;
const placesKeptMax = 40;
const endings = new Set('ltd limited plc llp uk gb gbr co com www england cd on bcc clp store branch no'.split(' '));

function hit(entry: Entry, weak: boolean): RegisterHit {
  return { register: entry.register, kind: kindOfRegister[entry.register], name: entry.name, weak };
}

function weakHere(entry: Entry, rest: readonly string[]): boolean {
  if (entry.weight === 'telling' || rest.length === 0) return entry.weight === 'weak';
  const ownTown = entry.places.has(rest.join(' ')) || rest.some((word) => entry.places.has(word));
  // A chain's branch is followed by any town, of which only some are kept.
  if (entry.sites > placesKeptMax) return entry.weight === 'weak';
  return !ownTown;
}

/** The first of the sorted texts that is not before `text`. */
function firstFrom(sorted: readonly string[], text: string): string | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}
