import type { Fault, Checked } from './statements.js';

/** What became of many inputs. Plain data: it crosses threads. */
export interface Tally {
  runs: number;
  accepted: number;
  /** Accepted inputs by the format in which they were read. */
  formats: Record<string, number>;
  /** Refused inputs by the code of the refusal. */
  refusals: Record<string, number>;
  slowest: { milliseconds: number; run: number; sample: string } | null;
  faults: Fault[];
}

export function emptyTally(): Tally {
  return { runs: 0, accepted: 0, formats: {}, refusals: {}, slowest: null, faults: [] };
}

export function count(tally: Tally, run: number, { sample, format, refusal, milliseconds, fault }: Checked): void {
  tally.runs += 1;
  if (format !== null) {
    tally.accepted += 1;
    tally.formats[format] = (tally.formats[format] ?? 0) + 1;
  }
  if (refusal !== null) tally.refusals[refusal] = (tally.refusals[refusal] ?? 0) + 1;
  // A PDF is read in a thread of its own, which takes its time to begin: it has its limit in the reader.
  if (sample !== 'own pdf' && Number.isFinite(milliseconds) && milliseconds > (tally.slowest?.milliseconds ?? 0)) {
    tally.slowest = { milliseconds: Math.round(milliseconds * 10) / 10, run, sample };
  }
  if (fault) tally.faults.push(fault);
}

export function addTo(total: Tally, part: Tally): void {
  total.runs += part.runs;
  total.accepted += part.accepted;
  for (const name of ['formats', 'refusals'] as const) {
    for (const [key, value] of Object.entries(part[name])) total[name][key] = (total[name][key] ?? 0) + value;
  }
  if ((part.slowest?.milliseconds ?? 0) > (total.slowest?.milliseconds ?? 0)) total.slowest = part.slowest;
  total.faults = [...total.faults, ...part.faults].sort((a, b) => a.run - b.run);
}
