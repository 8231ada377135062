import {
  attemptsInTurnMax,
  delayMsAfter,
  freeGuessesMax,
  guessDelaySecondsMax,
  guessesCountMinutes,
  GuessThrottle,
  oneMoreWrong,
  rememberedAddressesMax,
  throttledKeysMax,
  wrongAt,
} from './guess-throttle.js';

const second = 1_000;
const right = async () => true;
const wrong = async () => false;

function started() {
  let now = 0;
  const throttle = new GuessThrottle(() => now);
  return {
    throttle,
    wait: (ms: number) => void (now += ms),
    /** So many wrong passwords, each as soon as it is looked at. Returns the waits before those after the first. */
    async guess(address: string, account: string, times: number): Promise<number[]> {
      const waits: number[] = [];
      for (let made = 0; made < times;) {
        const attempt = await throttle.attempt(address, account, wrong);
        if ('waitMs' in attempt) {
          waits.push(attempt.waitMs);
          now += attempt.waitMs;
        } else made += 1;
      }
      return waits;
    },
  };
}

describe('The wait between two attempts', () => {
  it('is none for the first wrong passwords, then doubles with each up to its longest', () => {
    expect([0, 4, 5, 6, 7, 8].map(delayMsAfter)).toEqual([0, 0, 1_000, 2_000, 4_000, 8_000]);
    expect(delayMsAfter(1_000)).toBe(guessDelaySecondsMax * second);
  });

  it('counts wrong passwords in a row, and forgets them once none has come for long', () => {
    const guesses = oneMoreWrong(oneMoreWrong(undefined, 0), 60_000);
    const forgotten = 60_000 + guessesCountMinutes * 60_000;
    expect([wrongAt(guesses, forgotten - 1), wrongAt(guesses, forgotten)]).toEqual([2, 0]);
    expect(oneMoreWrong(guesses, forgotten)).toEqual({ wrong: 1, lastMs: forgotten });
  });
});

describe('Guessing at passwords', () => {
  it('is slowed down for one address, whichever accounts it tries', async () => {
    const { throttle, guess } = started();
    const waits: number[] = [];
    for (let n = 0; n < freeGuessesMax + 4; n += 1) waits.push(...(await guess('attacker', `account-${n}`, 1)));
    expect(waits).toEqual([1, 2, 4, 8].map((seconds) => seconds * second));
    expect(await throttle.attempt('somebody', 'account-1', right)).toEqual({ right: true });
  });

  it('is slowed down for one account, from however many addresses', async () => {
    const { throttle, guess } = started();
    for (let n = 0; n < 8; n += 1) await guess(`attacker-${n}`, 'victim', 1);
    expect(await throttle.attempt('attacker-9', 'victim', wrong)).toEqual({ waitMs: 8 * second });
  });

  it('does not hold up who comes from an address that signed in to the account before', async () => {
    const { throttle, guess } = started();
    await throttle.attempt('home', 'victim', right);
    for (let n = 0; n < 20; n += 1) await guess(`attacker-${n}`, 'victim', 1);
    await guess('home', 'somebody else', freeGuessesMax + 1);
    expect(await throttle.attempt('home', 'victim', right)).toEqual({ right: true });
  });

  it('never keeps the right password out once the wait that was told is over, whatever others do meanwhile', async () => {
    const { throttle, guess, wait } = started();
    for (let n = 0; n < 30; n += 1) await guess(`attacker-${n}`, 'victim', 1);
    const told = await throttle.attempt('new place', 'victim', right);
    expect(told).toEqual({ waitMs: guessDelaySecondsMax * second });
    for (let n = 0; n < 30; n += 1) await throttle.attempt(`attacker-${n}`, 'victim', wrong);
    wait(guessDelaySecondsMax * second - 1);
    expect(await throttle.attempt('new place', 'victim', right)).toEqual({ waitMs: 1 });
    wait(1);
    expect(await throttle.attempt('new place', 'victim', right)).toEqual({ right: true });
  });

  it('is not made longer by attempts during the wait', async () => {
    const { throttle, guess, wait } = started();
    await guess('home', 'own', freeGuessesMax);
    for (const waited of [0, 300, 300]) {
      wait(waited);
      expect(await throttle.attempt('home', 'own', right)).toHaveProperty('waitMs');
    }
    wait(400);
    expect(await throttle.attempt('home', 'own', right)).toEqual({ right: true });
  });

  it('buys no new guesses by signing in to the guesser’s own account', async () => {
    const { throttle, guess } = started();
    await guess('attacker', 'victim', freeGuessesMax - 1);
    await throttle.attempt('attacker', 'attacker’s own', right);
    await guess('attacker', 'another', 1);
    expect(await throttle.attempt('attacker', 'a third', wrong)).toEqual({ waitMs: second });
  });

  it('is slowed down, too, for who knows the address of the owner', async () => {
    const { throttle, guess } = started();
    await throttle.attempt('home', 'victim', right);
    expect(await guess('home', 'victim', freeGuessesMax + 3)).toEqual([1, 2, 4].map((seconds) => seconds * second));
  });

  it('gains nothing by sending all guesses at once', async () => {
    const { throttle } = started();
    let looked = 0;
    const check = async () => {
      looked += 1;
      await new Promise((wake) => setImmediate(wake));
      return false;
    };
    const attempts = await Promise.all(
      Array.from({ length: attemptsInTurnMax + 10 }, () => throttle.attempt('attacker', 'victim', check)),
    );
    expect(looked).toBe(freeGuessesMax);
    expect(attempts.filter((attempt) => 'waitMs' in attempt)).toHaveLength(attemptsInTurnMax + 10 - freeGuessesMax);
  });

  it('is told nothing by an error, and the next in turn is still heard', async () => {
    const { throttle } = started();
    const failing = throttle.attempt('home', 'own', async () => {
      throw new Error('the directory is gone');
    });
    const next = throttle.attempt('home', 'own', right);
    await expect(failing).rejects.toThrow('the directory is gone');
    expect(await next).toEqual({ right: true });
  });

  it('takes no more memory than its limits', async () => {
    const { throttle } = started();
    for (let n = 0; n < throttledKeysMax + 50; n += 1) await throttle.attempt(`a${n}`, `b${n}`, n % 2 ? right : wrong);
    const held = throttle as unknown as Record<string, { held?: Map<string, unknown>; size?: number }>;
    for (const name of ['byAddress', 'byAccount', 'byKnownPair', 'turnMs', 'remembered']) {
      expect(held[name]!.held!.size).toBeLessThanOrEqual(throttledKeysMax);
    }
    expect(held['lines']!.size).toBe(0);
    for (let n = 0; n < 20; n += 1) await throttle.attempt(`place-${n}`, 'traveller', right);
    expect(held['remembered']!.held!.get('traveller')).toHaveLength(rememberedAddressesMax);
  });
});
