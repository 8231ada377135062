import {
  calendarDate,
  decimalText,
  isId,
  longDate,
  poundsText,
  streamNames,
  type CalendarDate,
} from '@ringfence/kernel';
import type {
  AllocationLimits,
  LineAllocation,
  LineRow,
  LineState,
  LineSuggestion,
  RefusedSuggestion,
} from '@ringfence/reconciliation';
import { unsigned } from '../shell/formatting.js';
import type { FormErrors } from '../shell/errors.js';
import type { Vocabulary } from '../shell/vocabulary.js';

/** What a list of lines is narrowed to. */
export const lineChoices = ['all', 'open', 'part', 'query', 'excluded'] as const;
export type LineChoice = (typeof lineChoices)[number];

function choiceName(choice: LineChoice, terms: Vocabulary): string {
  const names: Readonly<Record<LineChoice, string>> = {
    all: 'Everything',
    open: terms.unallocated,
    part: terms.partAllocated,
    query: terms.withQuery,
    excluded: terms.withExcluded,
  };
  return names[choice];
}

export interface LineView {
  readonly id: string;
  readonly when: string;
  readonly what: string;
  readonly amount: string;
  readonly direction: 'in' | 'out';
  readonly tags: readonly { readonly text: string; readonly classes: string }[];
  /** What is unallocated of it, where that is only a part. */
  readonly remaining: string | null;
  readonly reasons: readonly string[];
  readonly allocations: readonly { readonly id: string; readonly text: string; readonly why: string }[];
  readonly suggestion: { readonly id: string; readonly text: string; readonly reasons: readonly string[] } | null;
  readonly otherSuggestions: number;
  readonly receipts: readonly string[];
  readonly mayAllocate: boolean;
}

export interface LinesView {
  readonly choices: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
  readonly choice: LineChoice;
  readonly lines: readonly LineView[];
  readonly older: string | null;
  readonly mayAllocate: boolean;
  /** Accepting at once what needs no second look; null where that is less than two lines. */
  readonly acceptAll: { readonly text: string; readonly suggestionIds: string } | null;
}

export interface LinesFacts {
  readonly terms: Vocabulary;
  readonly budgetId: string;
  readonly choice: LineChoice;
  readonly lines: readonly LineRow[];
  /** Whether there are older ones than these. */
  readonly more: boolean;
  readonly mayAllocate: boolean;
}

export function presentLines({ terms, budgetId, choice, lines, more, mayAllocate }: LinesFacts): LinesView {
  const last = lines.at(-1);
  return {
    choices: lineChoices.map((value) => ({ value, text: choiceName(value, terms), selected: value === choice })),
    choice,
    lines: lines.map((line) => presentLine(line, mayAllocate, terms)),
    older:
      more && last
        ? `/budgets/${budgetId}?${new URLSearchParams({ show: choice, after: `${last.lineDate}_${last.id}` })}#lines`
        : null,
    mayAllocate,
    acceptAll: mayAllocate ? acceptAll(lines) : null,
  };
}

/** Lines with one suggestion and no query about them. An officer has seen them on this page: no others are taken. */
function acceptAll(lines: readonly LineRow[]): LinesView['acceptAll'] {
  const clear = lines.filter(
    ({ suggestions, verdict }) => suggestions.length === 1 && (verdict ?? 'allowed') === 'allowed',
  );
  if (clear.length < 2) return null;
  return {
    text: `Accept the ${clear.length} exact matches below`,
    suggestionIds: clear.map(({ suggestions }) => suggestions[0]!.id).join(','),
  };
}

const stateTags: Readonly<Record<LineState, { term: keyof Vocabulary & `${string}llocated`; classes: string }>> = {
  OPEN: { term: 'unallocated', classes: 'govuk-tag--grey' },
  PART: { term: 'partAllocated', classes: 'govuk-tag--blue' },
  ALLOCATED: { term: 'allocated', classes: 'govuk-tag--green' },
};

function presentLine(line: LineRow, mayAllocate: boolean, terms: Vocabulary): LineView {
  const [suggestion, ...others] = line.suggestions;
  const { term, classes } = stateTags[line.state];
  return {
    id: line.id,
    when: longDate(line.lineDate),
    what: line.kind === 'OPENING_BALANCE' ? 'Opening balance' : line.description,
    amount: unsigned(line.amountPence),
    direction: line.amountPence > 0n ? 'in' : 'out',
    tags: [
      { text: terms[term], classes },
      ...(line.verdict === 'query' ? [{ text: terms.query, classes: 'govuk-tag--yellow' }] : []),
      ...(line.verdict === 'excluded' ? [{ text: terms.excludedByRule, classes: 'govuk-tag--red' }] : []),
    ],
    remaining: line.state === 'PART' ? unsigned(line.remainingPence) : null,
    reasons: line.findings.filter(({ verdict }) => verdict !== 'allowed').map(({ reason }) => reason),
    allocations: line.allocations.map((allocation) => ({
      id: allocation.id,
      text: `${unsigned(allocation.amountPence)}: ${targetText(allocation, terms)}, ${streamNames[allocation.stream]}`,
      why: `${allocation.reasons}${allocation.acceptedBy === null ? '' : ` (${allocation.acceptedBy})`}`,
    })),
    suggestion: suggestion
      ? { id: suggestion.id, text: suggestionText(suggestion), reasons: suggestion.reasons }
      : null,
    otherSuggestions: others.length,
    receipts: line.receipts.map(({ fileName, supplier }) =>
      supplier === null ? fileName : `${supplier} (${fileName})`,
    ),
    mayAllocate: mayAllocate && line.state !== 'ALLOCATED',
  };
}

function targetText({ targetType, budgetLineName }: LineAllocation, terms: Vocabulary): string {
  switch (targetType) {
    case 'instalment':
      return terms.instalment;
    case 'payslip':
      return 'wages';
    case 'payroll-control':
      return 'tax, pension or payroll';
    case 'family-money':
      return 'the family’s own money';
    default:
      return budgetLineName ?? 'agreed provision';
  }
}

function suggestionText({ targetType, budgetLineName }: LineSuggestion): string {
  if (targetType === 'instalment') return 'This looks like an instalment';
  if (targetType === 'payslip') return 'This looks like wages';
  return `This looks like “${budgetLineName ?? 'agreed provision'}”`;
}

/** What of several suggestions was not accepted, each with its line and why; undefined where all were. */
export function acceptanceErrors(asked: number, refused: readonly RefusedSuggestion[]): FormErrors | undefined {
  if (refused.length === 0) return undefined;
  const accepted = asked - refused.length;
  const summary =
    accepted === 0
      ? 'None of the suggestions was accepted.'
      : `${accepted} of the ${asked} suggestions ${accepted === 1 ? 'was' : 'were'} accepted. The others stay open.`;
  const sentences = refused.map(({ description, sentence }) =>
    description === null ? sentence : `${description}: ${sentence}`,
  );
  return { list: [summary, ...sentences].map((text) => ({ text, href: '#lines' })), byField: {} };
}

/** The line behind which a page continues, from `after` of its address; undefined for the first page. */
export function continuation(after: unknown): { lineDate: CalendarDate; id: string } | undefined {
  const [day = '', id] = typeof after === 'string' ? after.split('_') : [];
  const lineDate = calendarDate(day);
  return lineDate !== undefined && isId(id) ? { lineDate, id } : undefined;
}

export function choiceFrom(show: unknown): LineChoice {
  return lineChoices.find((choice) => choice === show) ?? 'all';
}

/** The amount that the form of a manual allocation begins with: what remains and is not excluded, without a sign. */
export function amountText(limits: Pick<AllocationLimits, 'allocatablePence'>): string {
  return decimalText(limits.allocatablePence);
}

/** What the form says first where the rules exclude a part of the line; null where they exclude nothing. */
export function excludedText({ excludedPence, allocatablePence }: AllocationLimits): string | null {
  if (excludedPence === 0n) return null;
  const excluded = `A rule excludes ${poundsText(excludedPence)} of this payment: it cannot be allocated until somebody has decided.`;
  return allocatablePence === 0n
    ? `${excluded} Nothing else remains to allocate.`
    : `${excluded} You can allocate ${poundsText(allocatablePence)}.`;
}
