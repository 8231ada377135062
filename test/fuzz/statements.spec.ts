import { DamagedStatements, type Fault } from './statements.js';

/** `npm run fuzz -- statements` runs as many as one likes. */
const runs = Number(process.env.RINGFENCE_FUZZ_RUNS ?? 3_000);

describe('a damaged statement', () => {
  it('is read or refused in a sentence, within a second, with no amount that does not stand in it', async () => {
    const seed = Number(process.env.RINGFENCE_FUZZ_SEED ?? Date.now() % 1_000_000);
    const statements = new DamagedStatements(seed);
    const faults: (Fault & { seed: number; input: string })[] = [];
    for (let run = 0; run < runs && faults.length === 0; run += 1) {
      const { fault } = await statements.check(run);
      if (fault) faults.push({ seed, ...fault, input: Buffer.from(statements.input(run).bytes).toString('latin1') });
    }
    expect(faults).toEqual([]);
  }, 300_000);
});
