// `npm run fuzz -- statements [--runs 1000000] [--seed 1] [--first 0]`: damaged inputs, as many as one likes. A fault is
// told with what makes it again, and its input is kept.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzStatements } from './statements.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, seed: { type: 'string' }, first: { type: 'string' } },
});
if (positionals.length !== 1 || positionals[0] !== 'statements') {
  process.stderr.write('Say what to damage: npm run fuzz -- statements [--runs 1000000] [--seed 1] [--first 0]\n');
  process.exit(2);
}
const runs = whole('runs', values.runs ?? '100000');
const seed = whole('seed', values.seed ?? String(Date.now() % 1_000_000));
const first = whole('first', values.first ?? '0');

process.stdout.write(`Damaged statements: ${runs} with seed ${seed}, from number ${first}.\n`);
const began = Date.now();
const fault = await fuzzStatements({ seed, first, runs }, (run, accepted) => {
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  process.stdout.write(`${run} read, ${accepted} of them accepted, ${seconds} s.\n`);
});
if (fault) {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/ringfence-fuzz');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `statement-${seed}-${fault.run}.bin`);
  writeFileSync(file, fault.input);
  process.stdout.write(
    `A damaged copy of ${fault.sample} ${fault.what}\nMade again by --seed ${seed} --first ${fault.run} --runs 1, and kept in ${file}.\n`,
  );
  process.exitCode = 1;
}

function whole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  process.stderr.write(`--${name} is ${JSON.stringify(text)}: write a whole number.\n`);
  process.exit(2);
}
