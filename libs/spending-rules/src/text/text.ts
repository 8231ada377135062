import { firstNames } from './first-names.js';

/** Lower case, no accents, `&` as "and", apostrophes closed up, anything else that is no letter or digit a space. */
export function normalise(text: string): string {
  let known = lately.get(text);
  if (known === undefined) {
    if (lately.size >= textsKeptMax) lately.clear();
    lately.set(text, (known = normalised(text)));
  }
  return known;
}

/** One spend's description and its few lines are asked for again and again while it is assessed. */
const textsKeptMax = 16;
const lately = new Map<string, string>();

function normalised(text: string): string {
  // Most bank lines are ASCII, which has no accents to take off.
  const plain = ascii.test(text) ? text.replaceAll("'", '') : unaccented(text);
  return plain
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Words after a first name that make it a trade's: `MIA TUITION`, `ROSE COTTAGE`. */
const trades =
  /^(?:tuition|tutoring|tutors?|therapy|music|dance|art|arts|care|swim|swimming|club|nursery|cottage|house|hall|farm|centre|studio|payroll|school|yoga|ltd|limited|cic|services|childcare|childminding|childminder|trust|riding|drama|theatre|physio|wages?|pay)$/;

/** What a person with a title teaches or does: `MRS DENTON PIANO`. Wages are not among them. */
const lessons =
  / (?:tuition|tutoring|tutor|therapy|music|dance|art|swim|swimming|riding|drama|physio|yoga|piano|guitar|violin|drums|singing|lessons?|maths|english|reading|speech|cookery|football|tennis|karate|climbing|driving|childcare|nursery|school)$/;

const ascii = /^[\x20-\x7e]*$/;

function unaccented(text: string): string {
  return text.normalize('NFKD').replace(/[\u0300-\u036f'’]/g, '');
}

/** A bank narrative without what banks and card machines print around the name, and without store numbers. */
export function bankText(text: string): string {
  if (text !== lastLine) [lastLine, lastBank] = [text, unprefixed(text)];
  return lastBank;
}

let [lastLine, lastBank] = ['', ''];

function unprefixed(text: string): string {
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
  const rest = bankText(text).replace(reference, '');
  const [first = '', last, ...more] = rest.split(' ');
  const named = last !== undefined && more.length === 0 && firstNames.has(first) && !trades.test(last);
  return named || (personName.test(rest) && !lessons.test(rest)) ? rest.toUpperCase() : undefined;
}

const transfer =
  /(?<![a-z0-9])(transfer|tfr|trf|faster payments?|faster pymt|fpo|fps|fp|bacs|standing order|s o|sto|stnd ord|bill payment|bank payment|mobile payment|online payment|bbp|sent to)(?![a-z0-9])/;
/** A title or initials make the words a person's name; so does a first name that only people have. */
const personName =
  /^(?:(?:mr|mrs|ms|miss|mx|dr) )?(?:[a-z] ){1,2}[a-z]{2,}$|^(?:mr|mrs|ms|miss|mx) (?:[a-z]+ )?[a-z]{2,}$/;
/** What a bank may print after the name. */
const reference = / (?:ref|reference|via|from|mobile|app|thanks|thank you|payment|pymt|gbp)(?: .*)?$/;

const bankPrefix = new RegExp(
  `^(?:${[
    'card (?:payment|purchase|transaction|pymt|pmt)(?: to)?',
    '(?:bill |bank |mobile |online )?payment to',
    'bill payment(?: to)?',
    'direct (?:debit|payment)(?: payment)?(?: to)?',
    'standing order(?: to)?',
    'faster (?:payments?|pymt)(?: to)?',
    '(?:bank|online|mobile) transfer(?: to)?',
    '(?:mobile|online|internet|apple|google|android|contactless) (?:pay|payment|pymt)(?: to)?',
    '(?:transfer|tfr|trf)(?: to)?',
    'visa (?:purchase|debit|direct)',
    'mastercard(?: debit)?',
    'debit card(?: payment)?(?: to)?',
    'purchase(?: at)?',
    'contactless',
    'via',
    '(?:sent|paid) to',
    '(?:on )?\\d{1,2} ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?: ?\\d{2})?',
    'cd',
    'stripe',
    'www',
    '(?:fpo|fps|fpi|fp|bacs|bgc|bp|bbp|pos|posp|dd|ddr|deb|dc|vis|visa|mc|crd|sto|so|cnp|ecom|sumup|sum up|sq|sqr|square|zettle|izettle|iz|paypoint|gocardless|gc|crv|sp|tyl|dojo|teya|worldpay|takepayments|stripe)',
  ].join('|')}) `,
);
