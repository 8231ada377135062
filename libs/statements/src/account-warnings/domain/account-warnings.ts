import { bankText, normalise, Phrases } from '@ringfence/spending-rules';
import type { Money } from '@ringfence/kernel';
import { accountWarningKinds, type AccountWarningCode, type AccountWarningKind } from './account-warning-kinds.js';
import { ownAccountIn, personNames, type PersonNames } from './own-names.js';

/** How many characters of what was seen are kept. */
export const warningSubjectMax = 200;
/** Readings of a narrative that are remembered, since banks write the same words over and over. */
export const readingsRememberedMax = 20_000;

/** What is known of an account when its lines are looked at. */
export interface WatchedAccount {
  readonly kind: 'OWN_BANK' | 'PREPAID_CARD' | 'MANAGED';
  readonly sortCode: string | null;
  readonly accountNumber: string | null;
  /** The holder and the recipients. */
  readonly ownNames: readonly string[];
  /** Every way in which a known payee is written: whoever was agreed to be paid raises no question. */
  readonly payeeNames: readonly string[];
  /** Sort code and number, fourteen digits, of other designated accounts of the same budgets. */
  readonly otherAccounts: readonly string[];
}

/** As much of a line as is looked at. */
export interface WatchedLine {
  readonly amountPence: Money;
  readonly balancePence: Money | null;
  readonly description: string;
  /** The bank's type of transaction. */
  readonly kind: string | null;
  readonly mcc: string | null;
}

export interface AccountWarning {
  readonly code: AccountWarningCode;
  /** What gave rise to it: words of the line, a code of the bank's or the card's, or the balance. */
  readonly subject: string;
}

/**
 * Reads the words of an account's lines, in any order, and finds what its holder may be asked. Whether the balance went
 * below zero depends on the order of the lines, so that it is looked for when all are there; see `wentBelowZero`.
 */
export class AccountWatch {
  private readonly names: PersonNames;
  private readonly payees: readonly string[];
  private readonly kinds: readonly AccountWarningKind[];
  private readonly readings = new Map<string, AccountWarning | null>();
  private belowZero = false;

  constructor(private readonly account: WatchedAccount) {
    this.names = personNames(account.ownNames);
    this.payees = account.payeeNames.map((name) => normalise(name)).filter((name) => name.length >= payeeNameMin);
    this.kinds = accountWarningKinds.filter(({ soleUseOnly }) => !(soleUseOnly && account.kind === 'MANAGED'));
  }

  /** Whether a balance below zero has been seen. */
  get wentBelowZero(): boolean {
    return this.belowZero;
  }

  /** What the words of a line raise, or its codes; null for most. */
  see(line: WatchedLine): AccountWarning | null {
    if (line.balancePence !== null && line.balancePence < 0n) this.belowZero = true;
    return line.amountPence === 0n ? null : this.reading(line);
  }

  private reading(line: WatchedLine): AccountWarning | null {
    const side = line.amountPence > 0n ? 'in' : 'out';
    const key = `${side}|${line.mcc ?? ''}|${line.kind ?? ''}|${line.description}`;
    const known = this.readings.get(key);
    if (known !== undefined) return known;
    const found = this.read(side, line);
    if (this.readings.size >= readingsRememberedMax) this.readings.clear();
    this.readings.set(key, found);
    return found;
  }

  /** The first kind that fits the narrative, the bank's type or the merchant's code. */
  private read(side: 'in' | 'out', { description, kind, mcc }: WatchedLine): AccountWarning | null {
    const text = bankText(description);
    const type = kind?.trim().toUpperCase() ?? '';
    const elsewhere = ownAccountIn(description, this.account);
    if (elsewhere === 'designated') return null;
    for (const one of this.kinds) {
      if (one.of !== side) continue;
      const subject =
        wordsOf(one, text) ??
        codeOf(one, text, type, mcc) ??
        (one.ownNames ? (elsewhere ?? this.names.atStartOf(description, this.payees)) : undefined);
      if (subject === undefined) continue;
      return this.namesPayee(description) ? null : { code: one.code, subject: subject.slice(0, warningSubjectMax) };
    }
    return null;
  }

  private namesPayee(description: string): boolean {
    if (this.payees.length === 0) return false;
    const padded = ` ${normalise(description)} `;
    return this.payees.some((name) => padded.includes(` ${name} `));
  }
}

/** The shortest payee's name that clears a line: initials alone name nobody. */
const payeeNameMin = 3;

/** The phrases of each kind, made ready once. */
const phrases = new Map(
  accountWarningKinds.map((kind) => [
    kind.code,
    { words: new Phrases(kind.words ?? []), exclusions: new Phrases(kind.exclusions ?? []) },
  ]),
);

function wordsOf({ code }: AccountWarningKind, text: string): string | undefined {
  const { words, exclusions } = phrases.get(code)!;
  return words.matches(text) ? words.firstMatch(exclusions.strikeFrom(text)) : undefined;
}

function codeOf(kind: AccountWarningKind, text: string, type: string, mcc: string | null): string | undefined {
  if (phrases.get(kind.code)!.exclusions.matches(text)) return undefined;
  if (mcc !== null && kind.mccs?.includes(mcc)) return `merchant code ${mcc}`;
  return kind.bankTypes?.includes(type) ? `bank’s type ${type}` : undefined;
}
