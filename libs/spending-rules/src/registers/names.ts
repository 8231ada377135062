import { normalise } from '../text/text.js';

/**
 * The words of a name in one spelling, so that a register's `QUEENS PARK MEDICAL CTR` and a bank's `THE QUEENS PARK
 * MEDICAL CENTRE` are the same: "the" and "and" are left out and the usual short forms are written out.
 */
export function nameWords(text: string): string[] {
  return wordsOf(normalise(text));
}

/** The same for a text that is normalised already. */
export function wordsOf(normalised: string): string[] {
  const words: string[] = [];
  for (const word of normalised.split(' ')) {
    if (word === '' || word === 'the' || word === 'and') continue;
    words.push(shortForms.get(word) ?? word);
  }
  return words;
}

/**
 * The words by one of which every bank line that bears the name can be found, however the line is written and wherever it
 * was cut off: the first word that is longer than a title, in both its spellings.
 */
export function searchWords(name: string): string[] {
  const words = normalise(name)
    .split(' ')
    .filter((word) => word !== 'the' && word !== 'and');
  const word = words.find((one) => one.length > 2 && !/^(?:drs|mrs|saint)$/.test(one)) ?? words[0];
  if (word === undefined) return [];
  const spellings = [...shortForms].flatMap(([short, long]) =>
    short === word ? long.split(' ') : long === word ? [short] : [],
  );
  return [word, ...spellings];
}

const shortForms = new Map(
  Object.entries({
    center: 'centre',
    ctr: 'centre',
    cntr: 'centre',
    cent: 'centre',
    med: 'medical',
    prac: 'practice',
    pract: 'practice',
    surg: 'surgery',
    hlth: 'health',
    hc: 'health centre',
    mc: 'medical centre',
    dept: 'department',
    ptnrs: 'partners',
    ptrs: 'partners',
    rd: 'road',
    st: 'street',
    ave: 'avenue',
    ln: 'lane',
    pharm: 'pharmacy',
    chem: 'chemist',
  }),
);

/** How much it proves that a bank line bears a name of a register. */
export type Weight =
  /** The name of a surgery, a dentist or a pharmacy and of nothing else. */
  | 'telling'
  /** A name that says nothing of health (`Hilton House`): telling only by itself or with its own town. */
  | 'with-its-town'
  /** `Dental Surgery`, `28 High Street`, `J Gibb`, `Grove`: it could be anybody. */
  | 'weak';

/** Weighs a name, given in its words; `sites` is how many sites of the register bear it. */
export function weightOf(words: readonly string[], sites: number): Weight {
  const own = words.filter((word) => !commonWords.has(word) && !healthWords.has(word) && !/^\d/.test(word));
  const ofHealth = words.some(isHealthWord);
  // Of common words alone, two that name a place still name it: `North Road West Medical Centre`.
  if (own.length === 0) return ofHealth && words.filter((word) => placeWords.has(word)).length > 1 ? 'telling' : 'weak';
  if (ofHealth) return 'telling';
  if (isChain(sites)) return words.length > 1 || words[0]!.length > 4 ? 'telling' : 'with-its-town';
  if (isAddress(words) || words.length < 2) return 'weak';
  if (words.some((word) => firmWords.has(word))) return 'with-its-town';
  const initials = words.some((word) => word.length < 3 && word !== 'of' && word !== 'on' && word !== 'in');
  return initials ? 'weak' : 'with-its-town';
}

/** A name that so many sites bear is a chain's, and a known one. */
export function isChain(sites: number): boolean {
  return sites >= chainSitesMin;
}

/**
 * Whether the beginning of a name says enough by itself, where a bank has cut the rest off. `whole` is the name that it
 * begins: `Manor House Su` says enough, because of how it goes on.
 */
export function beginningTells(beginning: readonly string[], whole: readonly string[]): boolean {
  const own = beginning.filter((word) => word.length > 2 && !commonWords.has(word) && !healthWords.has(word));
  const last = beginning[beginning.length - 1] ?? '';
  const lastOfWhole = whole[beginning.length - 1] ?? '';
  const begun = lastOfWhole !== last && (isHealthWord(lastOfWhole) || (firmWords.has(lastOfWhole) && last.length > 4));
  if (begun && beginning.length > 1 && !/^\d/.test(beginning[0] ?? '') && last.length + own.length > 1) return true;
  if (isAddress(beginning)) return false;
  return own.length >= 2 || (own.length === 1 && beginning.some(isHealthWord));
}

const chainSitesMin = 20;

function isHealthWord(word: string): boolean {
  return (
    healthWords.has(word) ||
    /^(surger|medic|dent|ortho|health|dispens|doctor|tooth|teeth)|pharm|chemis|dental/.test(word)
  );
}

function isAddress(words: readonly string[]): boolean {
  return /^\d/.test(words[0] ?? '') || streetWords.has(words[words.length - 1] ?? '');
}

const healthWords = new Set(
  `surgery surgeries medical medicare practice health healthcare clinic clinics dental dentist dentists dentistry
   dentalcare orthodontic orthodontics orthodontist pharmacy pharmacies chemist chemists dispensary doctors doctor dr
   drs gp gps ooh wic miu apms gpwsi nhs hospital polyclinic smile smiles tooth teeth endodontic periodontal implant
   denture hygienist rx`.split(/\s+/),
);
/** Words that many names share and that single nobody out. */
const commonWords = new Set(
  `centre group services service community family care access department house partners partnership associates unit
   team ltd limited plc llp uk of on in at for to a local village town park road street lane new old north south east
   west h m prison hmp children childrens young people peoples`.split(/\s+/),
);
const placeWords = new Set('village town park road street lane north south east west'.split(' '));
const firmWords = new Set('associates partners partnership ltd limited plc llp'.split(' '));
const streetWords = new Set(
  `road street lane avenue close drive way terrace crescent gardens place square row parade mews walk broadway
   approach grove rise hill`.split(/\s+/),
);
