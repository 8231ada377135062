/** What a relationship means for the household rules. */
export type Kinship =
  | 'recipient'
  | 'spouse'
  | 'former-spouse'
  | 'family'
  | 'friend'
  | 'foster'
  | 'none'
  /** A word that is not in the lists, or no word at all: never guessed, asked. */
  | 'unknown';

/** Reads a relationship in plain words: `brother`, `Half sister`, `great-aunt`, `mother-in-law`, `step-father`. */
export function kinshipOf(relationship: string | undefined): Kinship {
  const word = (relationship ?? '')
    .trim()
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^(adult|older|younger|elder|big|little|child-s|childs|recipient-s|recipients|my|the)-/, '');
  if (recipients.has(word)) return 'recipient';
  if (/^(ex|former|divorced)-/.test(word)) return 'former-spouse';
  if (spouses.has(word.replace(/^(separated|estranged)-/, ''))) return 'spouse';
  if (/^(foster|shared-lives)(-|$)/.test(word)) return 'foster';
  if (friends.has(word)) return 'friend';
  if (strangers.has(word)) return 'none';
  const plain = word
    .replace(/^grand-/, 'grand')
    .replace(/^((step|half|great|adoptive|birth|maternal|paternal|twin)-?)+(?=[a-z])/, '')
    .replace(/-of-(the-)?(child|recipient)$/, '')
    .replace(/-in-law$/, '');
  return family.has(plain) ? 'family' : 'unknown';
}

const recipients = new Set(['recipient', 'self', 'account-manager', 'nominee', 'account-holder']);
const spouses = new Set(
  `spouse husband wife partner civil-partner spouse-of-recipient partner-of-recipient husband-of-recipient
   wife-of-recipient civil-partner-of-recipient spouse-of-the-recipient cohabitee`.split(/\s+/),
);
const friends = new Set(['friend', 'family-friend', 'friend-of-family', 'friend-of-the-family']);
const strangers = new Set(
  `none unrelated no-relation not-related stranger personal-assistant pa live-in-worker live-in-pa live-in-carer
   live-in-personal-assistant lodger carer employee provider supplier business agency
   neighbour`.split(/\s+/),
);
const family = new Set(
  `brother sister sibling aunt aunty auntie uncle niece nephew mother father mum mam mom dad parent son daughter child
   grandmother grandfather grandparent grandma grandpa granddad grandad gran granny nan nana grandson
   granddaughter cousin first-cousin second-cousin twin relative family family-member`.split(/\s+/),
);
