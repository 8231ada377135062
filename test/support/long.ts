/** What `npm run test:long -- --seed N --steps N` asked for; in `npm test` a short form with a seed of its own. */
export interface RunLength {
  readonly long: boolean;
  readonly seed: number;
  readonly steps: number;
}

export function runLength(steps: { readonly short: number; readonly long: number }): RunLength {
  const { RINGFENCE_TEST_LONG, RINGFENCE_TEST_SEED, RINGFENCE_TEST_STEPS } = process.env;
  const long = RINGFENCE_TEST_LONG === '1';
  return {
    long,
    seed: RINGFENCE_TEST_SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(RINGFENCE_TEST_SEED),
    steps: RINGFENCE_TEST_STEPS === undefined ? (long ? steps.long : steps.short) : Number(RINGFENCE_TEST_STEPS),
  };
}
