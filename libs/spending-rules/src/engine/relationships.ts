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

/**
 * Reads a relationship in plain words: `brother`, `Half sister`, `great-aunt`, `mother-in-law`, `step-father`; and with
 * what people write behind it: `wife of the recipient, lives elsewhere`, `cousin in the annexe`.
 */
export function kinshipOf(relationship: string | undefined): Kinship {
  const whole = kinshipOfWords(relationship);
  if (whole !== 'unknown' || relationship === undefined) return whole;
  if (becamePartner.test(relationship)) return 'spouse';
  const [head = ''] = relationship.split(remark);
  if (head !== relationship) {
    const kinship = kinshipOfWords(head);
    const couple = kinship === 'spouse' || /father|mother|dad|mum|parent/i.test(head);
    if (couple && /\b(?:divorced?|dissolved)\b/i.test(relationship)) return 'former-spouse';
    if (kinship !== 'unknown') return kinship;
  }
  // The brother of somebody's husband is family by marriage; the partner of somebody is not the recipient's.
  const whose = kinshipOfWords(relationship.split(/\s+of\s+/i)[0]);
  return whose === 'family' || whose === 'friend' ? whose : 'unknown';
}

/** Where a remark begins that says nothing of the relation itself. */
const remark =
  /\s*[,;:(/]|\s+[-–—]\s+|\s+(?:who|which|that|living|lives|lived|staying|stays|resident|residing|sharing|shares|moved|in|at|on|by|but|from|since|not|next|with|and|for)\b/i;
const becamePartner = /\b(?:became|become|now|since)\b.*\b(?:partner|husband|wife|spouse|fianc[eé]e?|married)\b/i;

function kinshipOfWords(relationship: string | undefined): Kinship {
  const word = (relationship ?? '')
    .trim()
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/^(?:(?:adult|older|younger|elder|eldest|youngest|big|little|my|our|his|her|their|the|a|an)-)+/, '');
  if (isRecipient(word)) return 'recipient';
  // "husband of the recipient", "recipient’s husband", "partner of the child’s mother": whose spouse it is.
  const own = word
    .replace(/^(?:childs?|young-persons?|persons?|recipients?|mums|mothers|dads|fathers|parents)-(?:s-)?(?=[a-z])/, '')
    .replace(
      /-(?:of|to)-(?:the-|her-|his-|our-)?(?:childs?|young-person|recipients?|person|account-holder|parents?|mother|father|mum|dad)(?:-(?:s-)?(?:mother|father|mum|dad|parent))?$/,
      '',
    );
  if (/^(?:ex|former|divorced)-/.test(own) || /-(?:divorced)$/.test(own)) return 'former-spouse';
  if (
    spouses.has(
      own.replace(/^(?:separated|estranged|live-in|new|current|civil)-/, '').replace(/-(?:separated|estranged)$/, ''),
    )
  )
    return 'spouse';
  if (/^(foster|shared-lives|supported-lodgings)(-|$)/.test(own)) return 'foster';
  if (friends.has(own) || friends.has(word)) return 'friend';
  if (strangers.has(own) || strangers.has(word)) return 'none';
  const plain = own
    .replace(/^grand-/, 'grand')
    .replace(/^((step|half|great|adoptive|adopted|birth|biological|maternal|paternal|twin)-?)+(?=[a-z])/, '')
    .replace(/^grand-/, 'grand')
    .replace(/-in-law$/, '');
  return family.has(plain) ? 'family' : 'unknown';
}

/** `grandmother and recipient`, `mother (account holder)`: whoever receives the money, whatever else they are. */
function isRecipient(word: string): boolean {
  if (recipients.has(word)) return true;
  return (
    /(?:^|-)(?:and|is|is-the|also|who-is-the|who-is|as)-(?:the-)?(?:recipient|nominee|account-holder)$|^(?:recipient|nominee|account-holder)-(?:and|also)-/.test(
      word,
    ) ||
    /^(?:mother|father|mum|dad|parent|grandmother|grandfather|aunt|uncle)-(?:recipient|account-holder|nominee)$/.test(
      word,
    )
  );
}

const recipients = new Set(['recipient', 'self', 'account-manager', 'nominee', 'account-holder']);
const spouses = new Set(
  `spouse husband wife partner civil-partner spouse-of-recipient partner-of-recipient husband-of-recipient
   wife-of-recipient civil-partner-of-recipient spouse-of-the-recipient cohabitee boyfriend girlfriend fiance fiancee
   common-law-husband common-law-wife common-law-partner co-habitee live-in-partner significant-other partner-spouse`.split(
    /\s+/,
  ),
);
const friends = new Set(
  `friend family-friend friend-of-family friend-of-the-family best-friend close-friend old-friend friend-in-the-household
   household-friend friend-of-mother friend-of-parent`.split(/\s+/),
);
const strangers = new Set(
  `none unrelated no-relation not-related stranger personal-assistant pa live-in-worker live-in-pa live-in-carer
   live-in-personal-assistant lodger carer employee provider supplier business agency
   neighbour au-pair nanny tutor teacher therapist colleague acquaintance volunteer agency-worker support-worker
   care-worker paid-carer worker babysitter childminder no-relative not-a-relative non-relative landlord tenant coach
   not-family no-family-tie`.split(/\s+/),
);
const family = new Set(
  `brother sister sibling aunt aunty auntie uncle niece nephew mother father mum mam mom dad parent son daughter child
   grandmother grandfather grandparent grandma grandpa granddad grandad gran granny nan nana grandson
   granddaughter cousin first-cousin second-cousin twin relative family family-member stepmum stepdad stepmam mummy daddy nanna nannie nanny-family gramps abuela
   guardian-relative kin relation blood-relative grandchild sibling-of-the-child cousin-once-removed`.split(/\s+/),
);
