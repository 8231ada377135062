/** Wrong passwords from one address, or for one account, after which every further attempt has to wait. */
export const freeGuessesMax = 5;
/** The longest wait between two attempts. */
export const guessDelaySecondsMax = 64;
/** Wrong passwords count no longer once none has come for this long. */
export const guessesCountMinutes = 15;
/** Addresses, accounts and pairs of both that are remembered, each; the oldest are forgotten beyond it. */
export const throttledKeysMax = 10_000;
/** For each account, the addresses that signed in to it before and so are not held up by what others try. */
export const rememberedAddressesMax = 5;
/** Attempts from one address that wait for those before them to be looked at. */
export const attemptsInTurnMax = 200;

/** Wrong passwords in a row, and when the last one came, in milliseconds of the clock. */
export interface Guesses {
  readonly wrong: number;
  readonly lastMs: number;
}

export interface ThrottleOptions {
  /** How many proxies of one's own write X-Forwarded-For; without it 0. */
  readonly trustedProxies?: number;
  /** The clock, in milliseconds; without it the machine's. */
  readonly nowMs?: () => number;
}

export type Attempt = { readonly waitMs: number } | { readonly right: boolean };

/** How long the next attempt has to wait after so many wrong ones: 0, then 1 s, 2 s, 4 s, up to the longest. */
export function delayMsAfter(wrong: number): number {
  if (wrong < freeGuessesMax) return 0;
  return Math.min(2 ** (wrong - freeGuessesMax), guessDelaySecondsMax) * 1_000;
}

/** With one more wrong password, or the first where the others have been forgotten. */
export function oneMoreWrong(guesses: Guesses | undefined, nowMs: number): Guesses {
  return { wrong: wrongAt(guesses, nowMs) + 1, lastMs: nowMs };
}

/** The wrong passwords that still count. */
export function wrongAt(guesses: Guesses | undefined, nowMs: number): number {
  return guesses !== undefined && nowMs - guesses.lastMs < guessesCountMinutes * 60_000 ? guesses.wrong : 0;
}

/**
 * Slows guessing down and locks nobody out. Two things make an attempt wait: wrong passwords from its address, for
 * whatever account, and wrong passwords for its account, from whatever address. The wait for an account runs for each
 * address by itself, from its own last attempt: however many others guess meanwhile, the owner's right password works
 * once their own wait is over. Who comes from an address that signed in to the account before waits only for the
 * wrong passwords of that account from there.
 *
 * Whether an account exists plays no part, so the waits do not tell. Kept in memory: a restart forgets.
 */
export class GuessThrottle {
  private readonly byAddress = new BoundedMap<Guesses>(throttledKeysMax);
  private readonly byAccount = new BoundedMap<Guesses>(throttledKeysMax);
  private readonly byKnownPair = new BoundedMap<Guesses>(throttledKeysMax);
  /** When an address may next try an account whose passwords are guessed at. */
  private readonly turnMs = new BoundedMap<number>(throttledKeysMax);
  private readonly remembered = new BoundedMap<readonly string[]>(throttledKeysMax);
  private readonly lines = new Map<string, { last: Promise<unknown>; length: number }>();

  constructor(private readonly nowMs: () => number = Date.now) {}

  /**
   * Makes one attempt, unless it has to wait. `check` says whether the password is right. Attempts from one address
   * are made one after the other: sent all at once they would all be looked at before the first of them counted.
   */
  async attempt(address: string, account: string, check: () => Promise<boolean>): Promise<Attempt> {
    const known = this.knows(address, account);
    return this.inTurn(known ? pairOf(address, account) : address, async () => {
      const waitMs = this.waitMs(address, account, known);
      if (waitMs > 0) return { waitMs };
      const right = await check();
      if (right) this.right(address, account);
      else this.wrong(address, account, known);
      return { right };
    });
  }

  private waitMs(address: string, account: string, known: boolean): number {
    const now = this.nowMs();
    if (known) return waitOf(this.byKnownPair.get(pairOf(address, account)), now);
    return Math.max(waitOf(this.byAddress.get(address), now), this.waitForAccount(address, account, now));
  }

  private waitForAccount(address: string, account: string, now: number): number {
    const delay = delayMsAfter(wrongAt(this.byAccount.get(account), now));
    if (delay === 0) return 0;
    const pair = pairOf(address, account);
    const turn = this.turnMs.get(pair) ?? now + delay;
    this.turnMs.set(pair, turn);
    return Math.max(turn - now, 0);
  }

  private wrong(address: string, account: string, known: boolean): void {
    const [now, pair] = [this.nowMs(), pairOf(address, account)];
    if (known) return this.byKnownPair.set(pair, oneMoreWrong(this.byKnownPair.get(pair), now));
    const guesses = oneMoreWrong(this.byAccount.get(account), now);
    this.byAddress.set(address, oneMoreWrong(this.byAddress.get(address), now));
    this.byAccount.set(account, guesses);
    this.turnMs.set(pair, now + delayMsAfter(guesses.wrong));
  }

  /** The address's own count stays: the guesser’s own account must not buy new guesses at those of others. */
  private right(address: string, account: string): void {
    const pair = pairOf(address, account);
    this.byKnownPair.delete(pair);
    this.turnMs.delete(pair);
    const others = (this.remembered.get(account) ?? []).filter((one) => one !== address);
    this.remembered.set(account, [...others, address].slice(-rememberedAddressesMax));
  }

  private knows(address: string, account: string): boolean {
    return this.remembered.get(account)?.includes(address) === true;
  }

  private async inTurn<T>(line: string, work: () => Promise<T>): Promise<T | { waitMs: number }> {
    const ahead = this.lines.get(line) ?? { last: Promise.resolve(), length: 0 };
    if (ahead.length >= attemptsInTurnMax) return { waitMs: 1_000 };
    const mine = ahead.last.then(work);
    const settled = mine.catch(() => undefined);
    const now = { last: settled, length: ahead.length + 1 };
    this.lines.set(line, now);
    void settled.then(() => {
      const held = this.lines.get(line)!;
      if (held.length === 1) this.lines.delete(line);
      else this.lines.set(line, { ...held, length: held.length - 1 });
    });
    return mine;
  }
}

/** What an attempt after these wrong ones still has to wait. */
function waitOf(guesses: Guesses | undefined, nowMs: number): number {
  const wrong = wrongAt(guesses, nowMs);
  return guesses === undefined ? 0 : Math.max(guesses.lastMs + delayMsAfter(wrong) - nowMs, 0);
}

function pairOf(address: string, account: string): string {
  return `${address} ${account}`;
}

/** Forgets what was set longest ago beyond its size. */
class BoundedMap<Value> {
  private readonly held = new Map<string, Value>();

  constructor(private readonly sizeMax: number) {}

  get(key: string): Value | undefined {
    return this.held.get(key);
  }

  set(key: string, value: Value): void {
    this.held.delete(key);
    this.held.set(key, value);
    if (this.held.size > this.sizeMax) this.held.delete(this.held.keys().next().value!);
  }

  delete(key: string): void {
    this.held.delete(key);
  }
}
