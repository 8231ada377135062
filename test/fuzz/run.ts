// `npm run fuzz -- statements [--runs 1000000] [--seed 1] [--first 0] [--threads 2] [--record]`: damaged inputs, as many
// as one likes. A fault is told with what makes it again, and its input is kept.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { DamagedStatements, readMillisecondsMax, readPdfMillisecondsMax } from './statements.js';
import { checkInThreads, hangMillisecondsMax, heapMebibytesMax } from './watched-threads.js';

const root = join(import.meta.dirname, '../..');
const usage =
  'Say what to damage: npm run fuzz -- statements [--runs 1000000] [--seed 1] [--first 0] [--threads 2] [--record]\n';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    first: { type: 'string' },
    threads: { type: 'string' },
    record: { type: 'boolean' },
  },
});
if (positionals.length !== 1 || positionals[0] !== 'statements') {
  process.stderr.write(usage);
  process.exit(2);
}
const plan = {
  runs: whole('runs', values.runs ?? '100000'),
  seed: whole('seed', values.seed ?? String(Date.now() % 1_000_000)),
  first: whole('first', values.first ?? '0'),
  threads: Math.max(1, whole('threads', values.threads ?? String(availableParallelism()))),
};

process.stdout.write(
  `Damaged statements: ${plan.runs} with seed ${plan.seed}, from number ${plan.first}, in ${plan.threads} threads.\n`,
);
const began = Date.now();
let told = Date.now();
const total = await checkInThreads(plan, ({ runs, accepted, faults }) => {
  if (Date.now() - told < 5_000) return;
  told = Date.now();
  const seconds = Math.round((told - began) / 1000);
  process.stdout.write(`${runs} read, ${accepted} of them accepted, ${faults.length} faults, ${seconds} s.\n`);
});
const seconds = (Date.now() - began) / 1000;
const { runs, accepted, formats, refusals, slowest, faults, peakMebibytes } = total;
const report = {
  command: `npm run fuzz -- statements --runs ${plan.runs} --seed ${plan.seed} --first ${plan.first} --threads ${plan.threads} --record`,
  at: new Date(began).toISOString(),
  ...plan,
  checked: runs,
  accepted,
  acceptedByFormat: sorted(formats),
  refusedByCode: sorted(refusals),
  slowest,
  faults: faults.map(({ run, sample, what }) => ({ run, sample, what: what.slice(0, 1_000) })),
  limits: {
    readMillisecondsMax,
    readPdfMillisecondsMax,
    hangMillisecondsMax,
    heapMebibytesMaxOfThread: heapMebibytesMax,
  },
  peakMebibytes,
  seconds: Math.round(seconds * 10) / 10,
  perSecond: Math.round(runs / seconds),
  samples: new DamagedStatements(plan.seed).sampleCount,
  machine: { cores: cpus().length, processor: cpus()[0]?.model ?? '', node: process.version },
};
process.stdout.write(
  `${runs} checked in ${report.seconds} s (${report.perSecond}/s, at most ${peakMebibytes} MiB): ${accepted} accepted, ${runs - accepted - faults.length} refused, ${faults.length} faults; the slowest took ${slowest?.milliseconds ?? 0} ms.\n`,
);
for (const { run, sample, what } of faults) {
  const file = kept(run);
  process.stdout.write(
    `\nA damaged copy of ${sample || 'a sample'} ${what}\nMade again by --seed ${plan.seed} --first ${run} --runs 1, and kept in ${file}.\n`,
  );
}
if (values.record) {
  const file = join(root, 'bench/results/statements-fuzz.json');
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`Recorded in ${relative(root, file)}.\n`);
}
process.exitCode = faults.length > 0 ? 1 : 0;

function kept(run: number): string {
  const folder = join(root, 'node_modules/.cache/ringfence-fuzz');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `statement-${plan.seed}-${run}.bin`);
  writeFileSync(file, new DamagedStatements(plan.seed).input(run).bytes);
  return file;
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
}

function whole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  process.stderr.write(`--${name} is ${JSON.stringify(text)}: write a whole number.\n`);
  process.exit(2);
}
