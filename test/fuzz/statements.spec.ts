import { fuzzStatements } from './statements.js';

/** `npm run fuzz -- statements` runs as many as one likes. */
const runs = Number(process.env.RINGFENCE_FUZZ_RUNS ?? 3_000);

describe('a damaged statement', () => {
  it('is read or refused in a sentence, within a second, with no amount that does not stand in it', async () => {
    const seed = Number(process.env.RINGFENCE_FUZZ_SEED ?? Date.now() % 1_000_000);
    const fault = await fuzzStatements({ seed, runs });
    expect(fault && { seed, ...fault, input: Buffer.from(fault.input).toString('latin1') }).toBeUndefined();
  }, 300_000);
});
