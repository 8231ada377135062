import {
  assessSpend,
  nationalPolicy,
  readRegister,
  RegisterIndex,
  registerNames,
  type RegisterName,
} from '@ringfence/spending-rules';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyLabelled, labelled, labelledSets, type LabelledSet } from '../../test/judgement/labelled.js';
import { sampleRegisters } from '../../test/judgement/sample-registers.js';
import { score, type Score } from '../../test/judgement/score.js';

const secondsPerRound = 2;
const rounds = 5;
const target = { perSecond: 50_000, recall: 0.99, falseFlags: 0.01 };

/**
 * How well and how fast spends are assessed. `npm run bench -- judgement [gp=FILE dental=FILE pharmacy=FILE mcc=FILE]`:
 * with files, speed and memory are those with a deployment's registers; without, with the small sample. The score is
 * always taken with the sample registers, which the labelled set was written for.
 */
export function run(args: readonly string[]): void {
  const parts = labelledSets.map((set) => [set, scored(set)] as const);
  const { registers, megabytes, buildMs } = loaded(args);
  const speed = measured(registers);
  const result = {
    ...Object.fromEntries(parts),
    registers: { names: registers.size, megabytes, buildMs },
    perSecond: speed,
    targetPerSecond: target.perSecond,
    ratioToTarget: round(speed / target.perSecond),
  };
  const folder = join(import.meta.dirname, '../results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'judgement.json'), `${JSON.stringify(result, null, 2)}\n`);
  const line = (name: string, of: (set: Rates) => string): string =>
    name.padEnd(36) + parts.map(([, part]) => of(part).padStart(18)).join('');
  process.stdout.write(
    [
      ''.padEnd(36) + parts.map(([half]) => half.padStart(18)).join(''),
      line('spends', (set) => String(set.spends)),
      line('recall of what must be flagged', (set) => `${percent(set.recall)} of ${set.mustFlag}`),
      line('false flags among allowed', (set) => `${percent(set.falseFlags)} of ${set.planned}`),
      line('wrongly excluded', (set) => String(set.wronglyExcluded)),
      line('excluded that was only asked about', (set) => String(set.onlyAsked)),
      '',
      `${registers.size} names in the registers, ${megabytes} MB, built in ${buildMs} ms`,
      `${speed} spends a second on one core (target ${target.perSecond}, ratio ${result.ratioToTarget})`,
      '',
    ].join('\n'),
  );
}

type Rates = Omit<Score, 'misses'> & { readonly recall: number; readonly falseFlags: number };

function scored(set: LabelledSet): Rates {
  const { misses: _, ...counts } = score(labelled(set), sampleRegisters);
  const recall = round(counts.flagged / counts.mustFlag);
  return { ...counts, recall, falseFlags: round(counts.falselyFlagged / counts.planned) };
}

function loaded(args: readonly string[]): { registers: RegisterIndex; megabytes: number; buildMs: number } {
  const files = args
    .map((arg) => arg.split('=') as [RegisterName, string])
    .filter(([name]) => registerNames.includes(name));
  if (files.length === 0) return { registers: sampleRegisters, megabytes: 0, buildMs: 0 };
  const rows = files.map(([name, file]) => [name, readRegister(name, readFileSync(file))] as const);
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
  collect();
  const [before, began] = [process.memoryUsage().heapUsed, performance.now()];
  const registers = new RegisterIndex(rows);
  const buildMs = Math.round(performance.now() - began);
  collect();
  return { registers, megabytes: Math.round((process.memoryUsage().heapUsed - before) / 1e5) / 10, buildMs };
}

/**
 * Spends for each second of processor time, so that a busy machine does not count against it: the median of the rounds,
 * over the whole set again and again.
 */
function measured(registers: RegisterIndex): number {
  const spends = everyLabelled().map(({ candidate }) => candidate);
  const rates = Array.from({ length: rounds }, () => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    let assessed = 0;
    while (performance.now() - began < secondsPerRound * 1000) {
      for (const spend of spends) assessSpend(spend, nationalPolicy, { registers });
      assessed += spends.length;
    }
    const { user, system } = process.cpuUsage(before);
    return assessed / ((user + system) / 1e6);
  });
  return Math.round(rates.sort((a, b) => a - b)[Math.floor(rounds / 2)]!);
}

function round(ratio: number): number {
  return Math.round(ratio * 10_000) / 10_000;
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
