import { createHash, type Hash } from 'node:crypto';
import { decimalText, type CalendarDate, type Money } from '@ringfence/kernel';
import { quoted } from './bank-text.js';
import { statementLinesMax } from './limits.js';
import { RunningBalance } from './running-balance.js';
import {
  placeOf,
  Refusal,
  type OtherBalance,
  type ParsedLine,
  type ParsedStatement,
  type ParseWarning,
} from './outcome.js';

/** Takes each line as it is read, in the order of the file, with the statement that it belongs to. */
export type LineSink = (line: ParsedLine, statement: RunningStatement) => void;

/** Warnings of one kind, one for a line, are told one by one up to so many; the rest are counted. */
export const warningsToldMax = 200;

/** A statement without its lines: what is known once the last of them has been read. */
export interface StatementHead extends Omit<ParsedStatement, 'lines' | 'notPosted'> {
  /** Lines counted in the order of the file; with `newestFirst` the last of them is the oldest. */
  readonly newestFirst: boolean;
  readonly posted: number;
  readonly apart: number;
  readonly firstDate: CalendarDate | null;
  readonly lastDate: CalendarDate | null;
  /** The oldest line's, by the order of the statement. */
  readonly begins: { readonly date: CalendarDate; readonly sourceLine: number } | null;
  /** The same for two statements with the same balances and the same records, and for no others. */
  readonly digest: string;
}

/**
 * A statement while its file is being read. Lines pass through and are not kept: of each only what the balances, the
 * order and the warnings need, so that a statement of a million lines takes no more memory than one of a hundred.
 */
export class RunningStatement {
  readonly warnings: ParseWarning[] = [];
  readonly otherBalances: OtherBalance[] = [];
  statedOpening: Money | null = null;
  statedClosing: Money | null = null;
  posted = 0;
  apart = 0;
  private readonly balance = new RunningBalance();
  private readonly records: Hash = createHash('sha256');
  private readonly notPostedTold: ParseWarning[] = [];
  private readonly warned = new Map<ParseWarning['code'], number>();
  private first: ParsedLine | undefined;
  private last: ParsedLine | undefined;
  private firstDate: CalendarDate | null = null;
  private lastDate: CalendarDate | null = null;
  private datesRising = 0;

  constructor(
    private readonly sink: LineSink,
    public account: string | null,
    public currency: string | null,
    /** What the layout usually does, asked only when neither dates nor balances tell. */
    private readonly order: 'oldestFirst' | 'newestFirst',
    /** Whether the file may hold this statement a second time, so that its records must be compared. */
    private readonly mayRepeat = false,
  ) {}

  /** The sum of what is posted so far. */
  get moved(): Money {
    return this.balance.moved;
  }

  add(line: ParsedLine): void {
    if (this.mayRepeat) this.records.update(`${line.raw.length}:${line.raw}`);
    if (line.status === 'posted') {
      const { date } = line;
      if (this.last !== undefined && date !== this.last.date) this.datesRising += date > this.last.date ? 1 : -1;
      if (this.firstDate === null || date < this.firstDate) this.firstDate = date;
      if (this.lastDate === null || date > this.lastDate) this.lastDate = date;
      this.balance.add(line);
      this.first ??= line;
      this.last = line;
      this.posted += 1;
    } else {
      this.apart += 1;
      if (this.apart <= warningsToldMax) this.notPostedTold.push(notPostedWarning(line));
    }
    if (this.posted + this.apart > statementLinesMax) {
      throw new Refusal(
        'TOO_MANY_LINES',
        `The statement has more lines than the ${statementLinesMax} that a statement may have: download a shorter period.`,
      );
    }
    this.sink(line, this);
  }

  /** A warning of which a file may hold one for every line: told up to {@link warningsToldMax} times, then counted. */
  warn(warning: ParseWarning): void {
    const count = (this.warned.get(warning.code) ?? 0) + 1;
    this.warned.set(warning.code, count);
    if (count <= warningsToldMax) this.warnings.push(warning);
  }

  /**
   * The head, once all lines were added. Lines keep the file's order among themselves, or its reverse: banks write
   * interest days after its date, and sorting by date would break the running balance.
   */
  head(): StatementHead {
    const newestFirst = (this.datesRising || this.balance.rising || (this.order === 'oldestFirst' ? 1 : -1)) < 0;
    const proved = this.balance.proved(newestFirst, this.statedOpening, this.statedClosing);
    const { opening, closing, breaks, whole } = proved;
    const oldest = newestFirst ? this.last : this.first;
    return {
      account: this.account,
      currency: this.currency,
      openingBalance: opening,
      closingBalance: closing,
      ...(this.otherBalances.length > 0 ? { otherBalances: this.otherBalances } : {}),
      warnings: [...this.warnings, ...this.untold(), ...this.notPostedWarnings(newestFirst), ...breaks, ...whole],
      newestFirst,
      posted: this.posted,
      apart: this.apart,
      firstDate: this.firstDate,
      lastDate: this.lastDate,
      begins: oldest === undefined ? null : { date: oldest.date, sourceLine: oldest.sourceLine },
      digest: `${opening} ${closing} ${this.posted} ${this.apart} ${this.records.copy().digest('hex')}`,
    };
  }

  private untold(): ParseWarning[] {
    return [...this.warned].flatMap(([code, count]) =>
      count <= warningsToldMax
        ? []
        : [{ code, message: `The same is so at ${count - warningsToldMax} more lines.`, line: null }],
    );
  }

  private notPostedWarnings(newestFirst: boolean): ParseWarning[] {
    const told = newestFirst ? [...this.notPostedTold].reverse() : this.notPostedTold;
    const more = this.apart - told.length;
    if (more === 0) return told;
    const message = `${more} more rows are not posted and are left out.`;
    return [...told, { code: 'NOT_POSTED', message, line: null }];
  }
}

/** Keeps lines in memory, for files that are read at once. */
export class LinesInMemory {
  private readonly kept = new Map<RunningStatement, { lines: ParsedLine[]; notPosted: ParsedLine[] }>();

  readonly sink: LineSink = (line, statement) => {
    let kept = this.kept.get(statement);
    if (kept === undefined) this.kept.set(statement, (kept = { lines: [], notPosted: [] }));
    (line.status === 'posted' ? kept.lines : kept.notPosted).push(line);
  };

  /** The whole statement, oldest line first. */
  statement(running: RunningStatement): ParsedStatement {
    const { account, currency, openingBalance, closingBalance, otherBalances, warnings, newestFirst } = running.head();
    const { lines, notPosted } = this.kept.get(running) ?? { lines: [], notPosted: [] };
    if (newestFirst) for (const list of [lines, notPosted]) list.reverse();
    const others = otherBalances ? { otherBalances } : {};
    return { account, currency, openingBalance, closingBalance, lines, notPosted, ...others, warnings };
  }
}

function notPostedWarning(line: ParsedLine): ParseWarning {
  const { sourceLine, description, amountPence, status } = line;
  const why = status === 'pending' ? 'is not posted yet' : 'was undone by the bank';
  return {
    code: 'NOT_POSTED',
    message: `${placeOf(line)}: ${quoted(description)}, ${decimalText(amountPence)}, ${why} and is left out.`,
    line: sourceLine,
  };
}
