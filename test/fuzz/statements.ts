import type { Money } from '@ringfence/kernel';
import { type ParsedLine, type ParseOutcome, readStatementFile } from '@ringfence/statement-files';
import { isOfTwoInText, standsInText } from './amounts-in-text.js';
import { Chance } from './chance.js';
import { mutated, withWrongZipHeaders } from './mutate.js';
import { differenceInPieces } from './in-pieces.js';
import { fuzzPdf, fuzzSamples, type FuzzSample } from './samples.js';

/** No input may take longer to be read. Of three readings the shortest counts: other programs may hold the processor. */
export const readMillisecondsMax = 1_000;
const readingsMax = 3;
/** A PDF is read by a library in a thread of its own, and both have to be loaded for each. */
export const readPdfMillisecondsMax = 5_000;

/** One input of so many is read a second time, as a stream. */
const inPiecesEvery = 3;

/** One PDF to so many other inputs: each needs a thread of its own. */
const pdfEvery = 2_000;

export interface Fault {
  readonly run: number;
  readonly sample: string;
  readonly what: string;
}

export interface Checked {
  readonly sample: string;
  /** The format in which it was read; null where it was refused. */
  readonly format: string | null;
  /** The code of the refusal; null where it was read. */
  readonly refusal: string | null;
  readonly milliseconds: number;
  /** The promise that it breaks. */
  readonly fault?: Fault;
}

/**
 * Damaged statements. An input breaks a promise where something is thrown, a refusal is not one sentence with a line,
 * reading takes over a second, or an amount or a balance that is read does not stand in the text from which it was
 * read. The same seed and number make the same input, with the same samples.
 */
export class DamagedStatements {
  private readonly samples = fuzzSamples();
  private readonly pdf = fuzzPdf();
  private readonly all = this.samples.map(({ bytes }) => bytes);

  constructor(private readonly seed: number) {}

  get sampleCount(): number {
    return this.samples.length + 1;
  }

  input(run: number): { sample: string; bytes: Uint8Array } {
    const chance = new Chance(this.seed, run);
    const sample: FuzzSample = run % pdfEvery === pdfEvery / 2 ? this.pdf : chance.of(this.samples);
    const part = mutated(sample.bytes, this.all, chance);
    if (!sample.whole) return { sample: sample.name, bytes: part };
    const whole = sample.whole(part);
    return { sample: sample.name, bytes: chance.below(4) === 0 ? withWrongZipHeaders(whole, chance) : whole };
  }

  /** `begun` is told before each reading, for who watches from outside. */
  async check(run: number, begun: () => void = () => undefined): Promise<Checked> {
    const { sample, bytes } = this.input(run);
    const millisecondsMax = sample === this.pdf.name ? readPdfMillisecondsMax : readMillisecondsMax;
    let milliseconds = Infinity;
    for (let reading = 1; reading <= readingsMax; reading += 1) {
      begun();
      const began = performance.now();
      let outcome: ParseOutcome;
      try {
        outcome = await readStatementFile(bytes);
      } catch (error) {
        const what = `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
        return { sample, format: null, refusal: null, milliseconds, fault: { run, sample, what } };
      }
      milliseconds = Math.min(milliseconds, performance.now() - began);
      if (milliseconds > millisecondsMax && reading < readingsMax) continue;
      const what =
        milliseconds > millisecondsMax
          ? `took ${Math.round(milliseconds)} ms`
          : (wrong(outcome) ?? (await differsInPieces(run, bytes, outcome)));
      return {
        sample,
        format: outcome.ok ? outcome.format : null,
        refusal: outcome.ok ? null : outcome.error.code,
        milliseconds,
        ...(what === undefined ? {} : { fault: { run, sample, what } }),
      };
    }
    throw new Error('An input was read no time at all.');
  }
}

async function differsInPieces(run: number, bytes: Uint8Array, whole: ParseOutcome): Promise<string | undefined> {
  return run % inPiecesEvery === 0 ? differenceInPieces(bytes, whole, new Chance(~run, run)) : undefined;
}

function wrong(outcome: ParseOutcome): string | undefined {
  if (!outcome.ok) return wrongRefusal(outcome.error);
  const hasFees = profilesWithFees.has(outcome.profile ?? '');
  for (const { lines, notPosted } of outcome.statements) {
    const found = wrongAmount(lines, hasFees) ?? wrongAmount(notPosted, hasFees);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Layouts in which a fee stands beside the amount from which it is taken. */
const profilesWithFees: ReadonlySet<string> = new Set(['revolut']);

function wrongAmount(lines: readonly ParsedLine[], hasFees: boolean): string | undefined {
  for (const { amountPence, balancePence, raw, sourceLine } of lines) {
    const size = sizeOf(amountPence);
    if (!standsInText(size, raw) && !(hasFees && isOfTwoInText(size, raw))) {
      return `read ${amountPence} pence at line ${sourceLine} from ${quoted(raw)}`;
    }
    if (balancePence !== null && !standsInText(sizeOf(balancePence), raw)) {
      return `read a balance of ${balancePence} pence at line ${sourceLine} from ${quoted(raw)}`;
    }
  }
  return undefined;
}

function sizeOf(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}

function wrongRefusal({ message, line }: { message: string; line: number | null }): string | undefined {
  if (/^[^\n]+\.$/.test(message) && (line === null || line > 0)) return undefined;
  return `refused with ${JSON.stringify({ message, line })}`;
}

function quoted(raw: string): string {
  return JSON.stringify(raw.slice(0, 500));
}
