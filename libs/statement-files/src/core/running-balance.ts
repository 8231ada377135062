import { decimalText, type Money } from '@ringfence/kernel';
import { placeOf, type ParsedLine, type ParseWarning } from './outcome.js';

/** Breaks that are told one by one; a file in disorder would otherwise give a warning for every line. */
export const breaksReportedMax = 20;

/** A line whose running balance is not the one that follows from the line before. */
interface Break {
  readonly line: ParsedLine;
  readonly expected: Money;
}

export interface Proved {
  readonly opening: Money | null;
  readonly closing: Money | null;
  readonly breaks: ParseWarning[];
  /** Where the lines do not make up the difference between the two. */
  readonly whole: ParseWarning[];
}

/**
 * Follows the running balances of a statement line by line in both directions at once, because whether a file is
 * oldest or newest first is known only at its end.
 */
export class RunningBalance {
  /** The sum of all amounts so far. */
  moved: Money = 0n;
  /** How many neighbours follow from the first to the last line, less those that follow the other way. */
  rising = 0;
  private before: ParsedLine | undefined;
  /** Lines with a balance, and the sums of all amounts before them in the file. */
  private first: { readonly line: ParsedLine; readonly before: Money } | undefined;
  private last: { readonly line: ParsedLine; readonly before: Money } | undefined;
  private readonly forward: Break[] = [];
  private readonly backward: Break[] = [];
  private forwardBreaks = 0;
  private backwardBreaks = 0;

  add(line: ParsedLine): void {
    const { amountPence, balancePence } = line;
    if (balancePence !== null) {
      const { last } = this;
      if (last !== undefined) this.compare(last, line, amountPence, balancePence);
      this.last = { line, before: this.moved };
      this.first ??= this.last;
    }
    this.before = line;
    this.moved += amountPence;
  }

  /** Opening and closing balance: as the file states them, else as they follow from the balances of its lines. */
  proved(newestFirst: boolean, statedOpening: Money | null, statedClosing: Money | null): Proved {
    const { first, last } = this;
    const start = newestFirst ? last : first;
    const end = newestFirst ? first : last;
    // What moved from the beginning up to and with the first line that states a balance, and behind the last one.
    const upTo =
      start === undefined ? 0n : newestFirst ? this.moved - start.before : start.before + start.line.amountPence;
    const behind = end === undefined ? 0n : newestFirst ? end.before : this.moved - end.before - end.line.amountPence;
    const opening = statedOpening ?? (start === undefined ? null : balanceOf(start) - upTo);
    const closing = statedClosing ?? (end === undefined ? null : balanceOf(end) + behind);
    const breaks = newestFirst ? [...this.backward].reverse() : [...this.forward];
    let count = newestFirst ? this.backwardBreaks : this.forwardBreaks;
    if (start !== undefined && opening !== null && opening + upTo !== balanceOf(start)) {
      breaks.unshift({ line: start.line, expected: opening + upTo });
      count += 1;
    }
    return { opening, closing, breaks: told(breaks, count), whole: this.wholeBreak(opening, closing) };
  }

  private compare(
    last: { readonly line: ParsedLine; readonly before: Money },
    line: ParsedLine,
    amountPence: Money,
    balancePence: Money,
  ): void {
    const between = this.moved - last.before;
    const forward = balanceOf(last) + between - last.line.amountPence + amountPence;
    const backward = balancePence + between;
    const adjacent = last.line === this.before;
    if (forward === balancePence) {
      if (adjacent) this.rising += 1;
    } else {
      this.forwardBreaks += 1;
      if (this.forward.length < breaksReportedMax) this.forward.push({ line, expected: forward });
    }
    if (backward === balanceOf(last)) {
      if (adjacent) this.rising -= 1;
    } else {
      this.backwardBreaks += 1;
      this.backward.push({ line: last.line, expected: backward });
      // Told from the end of the file: the last ones are kept.
      if (this.backward.length > 2 * breaksReportedMax) this.backward.splice(0, breaksReportedMax);
    }
  }

  private wholeBreak(opening: Money | null, closing: Money | null): ParseWarning[] {
    if (opening === null || closing === null) return [];
    const expected = opening + this.moved;
    if (expected === closing) return [];
    return [
      {
        code: 'BALANCE_BREAK',
        message: `The opening balance ${decimalText(opening)} and the lines make ${decimalText(expected)}, and the closing balance is ${decimalText(closing)}.`,
        line: null,
      },
    ];
  }
}

function balanceOf({ line }: { readonly line: ParsedLine }): Money {
  return line.balancePence ?? 0n;
}

function told(breaks: readonly Break[], count: number): ParseWarning[] {
  const warnings = breaks.slice(0, breaksReportedMax).map(({ line, expected }): ParseWarning => ({
    code: 'BALANCE_BREAK',
    message: `${placeOf(line)}: the balance is ${decimalText(line.balancePence ?? 0n)} where ${decimalText(expected)} follows from the line before, so a line is missing, changed or out of order.`,
    line: line.sourceLine,
  }));
  if (count <= breaksReportedMax) return warnings;
  return [
    ...warnings,
    { code: 'BALANCE_BREAK', message: `The balance breaks at ${count - breaksReportedMax} more lines.`, line: null },
  ];
}
