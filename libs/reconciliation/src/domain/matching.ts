import {
  daysBetween,
  longDate,
  poundsText,
  type CalendarDate,
  type FundingStream,
  type Money,
} from '@ringfence/kernel';
import { nameIn } from './names.js';

/** A statement line, as far as matching looks at it. `normalisedDescription` is in capitals, single spaces. */
export interface MatchableLine {
  readonly date: CalendarDate;
  /** Money out is negative. */
  readonly amountPence: Money;
  readonly normalisedDescription: string;
}

export interface InstalmentCandidate {
  readonly type: 'instalment';
  readonly id: string;
  readonly budgetId: string;
  readonly dueOn: CalendarDate;
  readonly amountPence: Money;
  readonly stream: FundingStream;
  readonly payerName: string;
}

export interface PayslipCandidate {
  readonly type: 'payslip';
  readonly id: string;
  readonly budgetId: string;
  readonly payDate: CalendarDate;
  readonly netPence: Money;
  /** The ways in which the employee is written, confirmed by a person. */
  readonly names: readonly string[];
}

export interface BudgetLineCandidate {
  readonly type: 'budget-line';
  readonly id: string;
  readonly budgetId: string;
  readonly stream: FundingStream;
  readonly name: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly remainingPence: Money;
  readonly names: readonly string[];
}

export type Candidate = InstalmentCandidate | PayslipCandidate | BudgetLineCandidate;

export interface Match {
  readonly candidate: Candidate;
  /** 0 to 100, for ordering; the reasons are what a person decides by. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Payers pay late more often than early; a wrong month must not be suggested, and instalments may be four-weekly. */
export const instalmentEarlyDaysMax = 5;
export const instalmentLateDaysMax = 24;
/** Wages leave the account about the pay date. */
export const payslipEarlyDaysMax = 4;
export const payslipLateDaysMax = 14;

/**
 * The exact matches of one line, best first. The amount is a veto, never a matter of degree: an instalment or a
 * payslip that differs by a penny is not suggested. A budget line is suggested by its known payee, within its dates
 * and what remains of it. Nothing is decided here: a person accepts.
 */
export function exactMatches(line: MatchableLine, candidates: readonly Candidate[]): Match[] {
  const matches = candidates.map((candidate) => matchOf(line, candidate)).filter((match) => match !== undefined);
  return matches.sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1));
}

/**
 * Pairs lines, oldest first, with candidates so that no instalment or payslip is suggested for two lines: best pairs
 * first. A budget line may take many. What stays ambiguous (two equal payslips on one day, say) is suggested to each line
 * it fits.
 */
export function suggestMatches<Line extends MatchableLine>(
  lines: readonly Line[],
  candidates: readonly Candidate[],
): Map<Line, Match[]> {
  const claims = new Claims<Line>();
  const found = lines.map((line) => ({ line, matches: exactMatches(line, candidates) }));
  for (const { line, matches } of found) claims.see(line, matches);
  return new Map(found.map(({ line, matches }) => [line, claims.remaining(line, matches)]));
}

/**
 * The claims of {@link suggestMatches}, for lines that are too many to be held together: all are seen first, oldest first,
 * and then each is asked for. What is kept is one line for each candidate, named by whatever tells lines apart.
 */
export class Claims<Line> {
  private readonly best = new Map<string, { readonly line: Line; readonly score: number }>();

  /** A line claims what it fits better than anything else; of two lines that fit equally well the earlier has it. */
  see(line: Line, [first, second]: readonly Match[]): void {
    if (first === undefined || first.candidate.type === 'budget-line' || first.score === second?.score) return;
    const other = this.best.get(first.candidate.id);
    if (other === undefined || other.score < first.score)
      this.best.set(first.candidate.id, { line, score: first.score });
  }

  /** Those of the line's matches that no other line has claimed. */
  remaining(line: Line, matches: readonly Match[]): Match[] {
    return matches.filter(({ candidate }) => (this.best.get(candidate.id)?.line ?? line) === line);
  }
}

function matchOf(line: MatchableLine, candidate: Candidate): Match | undefined {
  if (candidate.type === 'instalment') return instalmentMatch(line, candidate);
  if (candidate.type === 'payslip') return payslipMatch(line, candidate);
  return budgetLineMatch(line, candidate);
}

function instalmentMatch(line: MatchableLine, candidate: InstalmentCandidate): Match | undefined {
  if (line.amountPence !== candidate.amountPence) return undefined;
  const late = daysBetween(candidate.dueOn, line.date);
  if (late < -instalmentEarlyDaysMax || late > instalmentLateDaysMax) return undefined;
  const named = nameIn(line.normalisedDescription, [candidate.payerName]);
  return {
    candidate,
    score: 60 + (named ? 25 : 0) + nearness(late, 15),
    reasons: [
      `The amount is the instalment’s, ${poundsText(candidate.amountPence)}.`,
      dueReason(late, candidate.dueOn),
      ...(named ? [`The bank description matches ${candidate.payerName}.`] : []),
    ],
  };
}

function payslipMatch(line: MatchableLine, candidate: PayslipCandidate): Match | undefined {
  if (line.amountPence !== -candidate.netPence) return undefined;
  const late = daysBetween(candidate.payDate, line.date);
  if (late < -payslipEarlyDaysMax || late > payslipLateDaysMax) return undefined;
  const name = nameIn(line.normalisedDescription, candidate.names);
  return {
    candidate,
    score: 55 + (name ? 30 : 0) + nearness(late, 15),
    reasons: [
      `The amount is the payslip’s net pay, ${poundsText(candidate.netPence)}.`,
      `The pay date is ${longDate(candidate.payDate)}.`,
      ...(name ? [`The bank description matches ${name}.`] : []),
    ],
  };
}

function budgetLineMatch(line: MatchableLine, candidate: BudgetLineCandidate): Match | undefined {
  if (line.amountPence >= 0n || line.date < candidate.startsOn || line.date > candidate.endsOn) return undefined;
  const name = nameIn(line.normalisedDescription, candidate.names);
  if (!name || -line.amountPence > candidate.remainingPence) return undefined;
  return {
    candidate,
    score: 70,
    reasons: [
      `The bank description matches ${name}, whom the plan pays for “${candidate.name}”.`,
      `${poundsText(candidate.remainingPence)} of that line remains.`,
    ],
  };
}

function dueReason(late: number, dueOn: CalendarDate): string {
  const due = `It was due on ${longDate(dueOn)}`;
  if (late === 0) return `${due}, the day it came.`;
  const days = `${Math.abs(late)} ${Math.abs(late) === 1 ? 'day' : 'days'}`;
  return late > 0 ? `${due} and came ${days} later.` : `${due} and came ${days} before.`;
}

function nearness(days: number, most: number): number {
  return Math.max(0, most - Math.abs(days));
}
