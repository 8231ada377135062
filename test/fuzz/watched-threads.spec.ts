import { checkInThreads } from './watched-threads.js';

describe('The threads that read damaged statements', () => {
  it('are watched from outside: what hangs, dies or eats all memory is a fault, and every other input is checked', async () => {
    const program = new URL('./misbehaving-worker.mjs', import.meta.url);
    const plan = { seed: 1, first: 0, runs: 1_700, threads: 2, program, hangMilliseconds: 3_000, heapMebibytes: 32 };
    const { runs, accepted, formats, faults, peakMebibytes } = await checkInThreads(plan);
    expect({ runs, accepted, formats }).toEqual({ runs: 1_700, accepted: 1_697, formats: { csv: 1_697 } });
    expect(faults.map(({ run, what }) => [run, what])).toEqual([
      [7, 'was not read within 3 seconds'],
      [11, 'ended its thread: nobody knows why'],
      [13, expect.stringContaining('memory limit')],
    ]);
    expect(peakMebibytes).toBeGreaterThan(0);
  }, 60_000);
});
