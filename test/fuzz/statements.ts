import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStatementFile, type ParsedLine, type ParseOutcome } from '@ringfence/statements';
import { samplesFolder } from '../conformance/statement-samples.js';
import {
  camtOf,
  csvOf,
  mt940Of,
  ofxOf,
  pdfStatementOf,
  qifOf,
  xlsxParts,
  zipOf,
  type WrittenStatement,
} from '../conformance/statement-writers.js';
import { amountsInText } from './amounts-in-text.js';
import { Chance, mutated } from './mutate.js';

/** No input may take longer to be read, in time of the processor: other programs on the machine do not count. */
export const readMillisecondsMax = 1_000;

/** One PDF to so many other inputs: each needs a thread of its own. */
const pdfEvery = 2_000;

export interface Fault {
  readonly run: number;
  readonly sample: string;
  readonly what: string;
  readonly input: Uint8Array;
}

/** A file to damage; `whole` puts the damaged part into the file around it. */
interface FuzzSample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly whole?: (part: Uint8Array) => Uint8Array;
}

/**
 * Reads damaged statements, `runs` of them from number `first`, and answers the first that breaks a promise: nothing
 * is thrown, a refusal is one sentence with a line, nothing takes over a second, and every amount that is read stands
 * in the text from which it was read. The same seed and number make the same input.
 */
export async function fuzzStatements(
  { seed, first = 0, runs }: { seed: number; first?: number; runs: number },
  onProgress: (run: number, accepted: number) => void = () => undefined,
): Promise<Fault | undefined> {
  const samples = [...ownSamples(), ...publicSamples()];
  const pdf = { name: 'own pdf', bytes: pdfStatementOf(statement) };
  const all = samples.map(({ bytes }) => bytes);
  let accepted = 0;
  for (let run = first; run < first + runs; run += 1) {
    const chance = new Chance(seed * 1_000_003 + run);
    const sample: FuzzSample = run % pdfEvery === pdfEvery / 2 ? pdf : chance.of(samples);
    const part = mutated(sample.bytes, all, chance);
    const input = sample.whole ? sample.whole(part) : part;
    const { what, ok } = await judged(input);
    if (what !== undefined) return { run, sample: sample.name, what, input };
    if (ok) accepted += 1;
    if ((run + 1) % 10_000 === 0) onProgress(run + 1 - first, accepted);
  }
  onProgress(runs, accepted);
  return undefined;
}

async function judged(input: Uint8Array): Promise<{ what?: string; ok: boolean }> {
  const began = process.cpuUsage();
  let outcome: ParseOutcome;
  try {
    outcome = await readStatementFile(input);
  } catch (error) {
    return { ok: false, what: `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
  }
  const { user, system } = process.cpuUsage(began);
  const milliseconds = Math.round((user + system) / 1000);
  if (milliseconds > readMillisecondsMax) return { ok: outcome.ok, what: `took ${milliseconds} ms` };
  const what = outcome.ok ? wrongAmount(outcome.statements.flatMap(linesOf)) : wrongRefusal(outcome.error);
  return { ok: outcome.ok, ...(what === undefined ? {} : { what }) };
}

function linesOf({
  lines,
  notPosted,
}: {
  lines: readonly ParsedLine[];
  notPosted: readonly ParsedLine[];
}): ParsedLine[] {
  return [...lines, ...notPosted];
}

/** A fee is taken from its amount, so the amount may be the difference of two in the text. */
function wrongAmount(lines: readonly ParsedLine[]): string | undefined {
  for (const { amountPence, raw, sourceLine } of lines) {
    const size = amountPence < 0n ? -amountPence : amountPence;
    const inText = amountsInText(raw);
    if (inText.has(size)) continue;
    const list = [...inText];
    if (list.some((one) => inText.has(one + size) || inText.has(size - one))) continue;
    return `read ${amountPence} pence at line ${sourceLine} from ${JSON.stringify(raw.slice(0, 500))}`;
  }
  return undefined;
}

function wrongRefusal({ message, line }: { message: string; line: number | null }): string | undefined {
  if (/^[^\n]+\.$/.test(message) && (line === null || line > 0)) return undefined;
  return `refused with ${JSON.stringify({ message, line })}`;
}

const statement: WrittenStatement = {
  sortCode: '200000',
  accountNumber: '55779911',
  opening: 150_000n,
  lines: [
    { date: '2026-04-13', pence: 200_000n, words: 'EXAMPLE COUNCIL DP', id: 'FT260001' },
    { date: '2026-04-14', pence: -6_000n, words: 'RIVER CARE LTD & SONS', id: 'FT260002' },
    { date: '2026-04-14', pence: -1_234n, words: 'SHOP, LEEDS', id: 'FT260003' },
    { date: '2026-04-30', pence: -123_456n, words: 'AGENCY INVOICE 1001', id: 'FT260004' },
  ],
};

function ownSamples(): FuzzSample[] {
  const text = (name: string, content: string): FuzzSample => ({ name, bytes: new TextEncoder().encode(content) });
  const parts = xlsxParts(statement);
  const sheet = 'xl/worksheets/sheet1.xml';
  return [
    { name: 'own csv', bytes: csvOf(statement) },
    { name: 'own qif', bytes: qifOf(statement) },
    { name: 'own ofx 1', bytes: ofxOf(statement, false) },
    { name: 'own ofx 2', bytes: ofxOf(statement, true) },
    { name: 'own mt940', bytes: mt940Of(statement) },
    { name: 'own camt.052', bytes: camtOf(statement, 'camt.052', 1) },
    { name: 'own camt.053', bytes: camtOf(statement, 'camt.053', 8) },
    { name: 'own xlsx', bytes: zipOf(parts) },
    { name: 'own sheet', bytes: Buffer.from(parts[sheet] ?? ''), whole: (part) => zipOf({ ...parts, [sheet]: part }) },
    { name: 'own zip', bytes: camtOf(statement, 'camt.053', 2), whole: (part) => zipOf({ 'a.xml': part }) },
    text(
      'own revolut',
      'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nCARD_PAYMENT,Current,2026-04-13 09:00:00,2026-04-14 09:00:00,Shop,-12.00,0.34,GBP,COMPLETED,87.66\nCARD_PAYMENT,Current,2026-04-15 09:00:00,,Shop,-1.00,0.00,GBP,PENDING,\n',
    ),
    text(
      'own nationwide',
      '"Account Name:","C ****1"\n\n"Date","Transaction type","Description","Paid out","Paid in","Balance"\n"01 Apr 2026","Visa","SHOP","£1,234.00","","£9.00"\n',
    ),
    text(
      'own mt942',
      ':20:1\n:25:200000/55779911\n:28C:1\n:34F:GBP0,\n:13D:2604131200+0000\n:61:2604130413D12,34NTRFNONREF\n:86:166?00CARD?20SHOP LEEDS?32SHOP\n:90D:1GBP12,34\n:90C:0GBP0,\n-\n',
    ),
    text(
      'own santander',
      'From: 01/04/2026 to 30/04/2026\n\nAccount: XXXX 1\n\nDate: 13/04/2026\nDescription: SHOP\nAmount: -1.00\nBalance: 9.00\n',
    ),
    text(
      'own split',
      '!Account\nNMy Account\nTBank\n^\n!Type:Bank\nD13/04/2026\nT-12.00\nPShop\nSA\nEb\n$-5.00\nSC\n$-7.00\n^\n',
    ),
  ];
}

/** The public samples, where they lie beside the project. */
function publicSamples(): FuzzSample[] {
  if (!existsSync(samplesFolder)) return [];
  return readdirSync(samplesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'INDEX.csv')
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path.slice(samplesFolder.length + 1), bytes: readFileSync(path) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
