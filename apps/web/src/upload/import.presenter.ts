import { longDate, poundsText, type CalendarDate, type Money } from '@ringfence/kernel';
import type { PreviewLine, PreviewVerdict } from '@ringfence/statements';
import { counted } from '../shell/formatting.js';
import { definePage, type PageModel } from '../shell/render.js';
import type { ImportQueryItem } from './account-queries.presenter.js';
import type { BalanceBreaksView } from './balance-breaks.presenter.js';
import { previewVerdicts, startText, type PreviewState } from './preview-state.js';
import { presentProgress, type ImportProgress, type ProgressView } from './progress.presenter.js';
import type { Vocabulary } from '../shell/vocabulary.js';

export interface ImportFacts {
  readonly terms: Vocabulary;
  readonly view: {
    readonly id: string;
    readonly state: 'RECEIVED' | 'PARSED' | 'REFUSED' | 'COMMITTING' | 'COMMITTED' | 'REVERSED';
    readonly fileName: string;
    readonly firstDate: CalendarDate | null;
    readonly lastDate: CalendarDate | null;
    readonly openingPence: Money | null;
    readonly closingPence: Money | null;
    readonly needsConfirmation: boolean;
    readonly warnings: readonly { readonly message: string }[];
    readonly refusal: string | null;
    readonly counts: Readonly<Record<PreviewVerdict, number>>;
    /** How far the job has come that reads or posts it; null where none tells. */
    readonly progressStep: ImportProgress['step'] | null;
    readonly progressDone: number | null;
    readonly progressOf: number | null;
    /** Why a job could not post it after all. */
    readonly commitRefusal: string | null;
  };
  /** The part of each kind of line that is looked at. */
  readonly lines: readonly PreviewLine[];
  readonly preview: PreviewState;
  readonly accountName: string;
  /** A budget of the account, to go back to. */
  readonly budgetId: string | null;
}

export interface PreviewRow {
  readonly position: number;
  readonly when: string;
  readonly what: string;
  readonly moneyIn: string;
  readonly moneyOut: string;
  readonly why: string | null;
  readonly ticked: boolean;
}

export interface StatementPreview {
  readonly title: string;
  readonly id: string;
  readonly state: ImportFacts['view']['state'];
  readonly fileName: string;
  readonly accountName: string;
  readonly back: string;
  readonly period: string | null;
  readonly opening: string | null;
  readonly closing: string | null;
  readonly refusal: string | null;
  readonly warnings: readonly string[];
  readonly needsConfirmation: boolean;
  /** A job is at work: the page asks again, so soon. */
  readonly refreshSeconds: number | null;
  readonly progress: ProgressView | null;
  /** Why it is looked at once more. */
  readonly notAdded: string | null;
  readonly confirmed: boolean;
  readonly acceptAll: boolean;
  /** Lines that were ticked on another page, and a sentence that says so. */
  readonly tickedElsewhere: readonly number[];
  readonly tickedNote: string | null;
  /** Where each kind of line begins, for the form to carry. */
  readonly starts: readonly { readonly name: string; readonly value: string }[];
  /** One sentence for each kind of line, in the order in which the page shows them. */
  readonly counts: readonly string[];
  readonly nothingNew: boolean;
  readonly groups: readonly {
    readonly verdict: PreviewVerdict;
    readonly heading: string;
    readonly explained: string;
    readonly rows: readonly PreviewRow[];
    readonly total: number;
    /** "Lines 101 to 200 of 350", where they are not all on the page. */
    readonly shown: string | null;
    /** What the buttons to the first lines and to the next carry. */
    readonly first: string | null;
    readonly next: string | null;
  }[];
}

export interface ImportPage extends StatementPreview, PageModel {
  readonly breaks: BalanceBreaksView;
  /** What the statement raises about the account. */
  readonly accountQueries: readonly ImportQueryItem[];
  readonly key: string;
}

export const importPage = definePage<ImportPage>('upload/import');

/** How soon a page that waits for the job asks again. */
export const refreshSeconds = 3;

function titleOf(state: ImportFacts['view']['state'], terms: Vocabulary): string {
  const titles: Readonly<Record<typeof state, string>> = {
    RECEIVED: 'We are reading your statement',
    PARSED: 'Check your statement',
    REFUSED: 'We could not read your statement',
    COMMITTING: terms.postingTitle,
    COMMITTED: terms.postedTitle,
    REVERSED: terms.reversedTitle,
  };
  return titles[state];
}

interface Group {
  readonly verdict: PreviewVerdict;
  readonly heading: string;
  readonly explained: string;
  readonly counted: readonly [one: string, many: string];
}

/** What a person has to look at comes first. */
function groupsIn(terms: Vocabulary): readonly Group[] {
  return [
    {
      verdict: 'POSSIBLE_DUPLICATE',
      heading: terms.possibleDuplicates,
      explained: 'They look like payments that are there already, but we cannot be sure. Tick those that are new.',
      counted: terms.possibleDuplicate,
    },
    { verdict: 'NEW', heading: 'New', explained: terms.willBePosted, counted: ['new payment', 'new payments'] },
    {
      verdict: 'HELD',
      heading: 'Already there',
      explained: terms.postedBefore,
      counted: ['payment that is there already', 'payments that are there already'],
    },
    {
      verdict: 'NOT_POSTED',
      heading: 'Left out',
      explained: 'The bank has not made these, or has undone them, so they moved no money.',
      counted: ['entry left out', 'entries left out'],
    },
  ];
}

export function presentImport({ terms, view, lines, preview, accountName, budgetId }: ImportFacts): StatementPreview {
  const groups = groupsIn(terms);
  const waits = view.state === 'RECEIVED' || view.state === 'COMMITTING';
  const shown = new Set(lines.map(({ position }) => position));
  const tickedElsewhere = [...preview.accepted].filter((position) => !shown.has(position));
  return {
    title: titleOf(view.state, terms),
    id: view.id,
    state: view.state,
    fileName: view.fileName,
    accountName,
    back: budgetId === null ? '/' : `/budgets/${budgetId}`,
    period:
      view.firstDate === null || view.lastDate === null
        ? null
        : `${longDate(view.firstDate)} to ${longDate(view.lastDate)}`,
    opening: view.openingPence === null ? null : poundsText(view.openingPence),
    closing: view.closingPence === null ? null : poundsText(view.closingPence),
    refusal: view.refusal,
    warnings: view.warnings.map(({ message }) => message),
    needsConfirmation: view.needsConfirmation,
    refreshSeconds: waits ? refreshSeconds : null,
    progress: waits ? presentProgress(progressOf(view), terms) : null,
    notAdded: view.state === 'PARSED' && view.commitRefusal ? `${terms.notPosted}: ${view.commitRefusal}` : null,
    confirmed: preview.confirmed,
    acceptAll: preview.acceptAll,
    tickedElsewhere,
    tickedNote:
      tickedElsewhere.length > 0 ? `Besides these you have ticked ${counted(tickedElsewhere.length, 'line')}.` : null,
    starts: previewVerdicts.map((verdict) => ({ name: `start-${verdict}`, value: startText(preview.starts[verdict]) })),
    counts: groups
      .filter(({ verdict }) => view.counts[verdict] > 0)
      .map((group) => counted(view.counts[group.verdict], ...group.counted)),
    nothingNew: view.counts.NEW + view.counts.POSSIBLE_DUPLICATE === 0,
    groups: groups.flatMap((group) => presentGroup(group, view.counts[group.verdict], lines, preview)),
  };
}

function progressOf({ progressStep, progressDone, progressOf: of }: ImportFacts['view']): ImportProgress | null {
  return progressStep === null ? null : { step: progressStep, done: progressDone ?? 0, of };
}

function presentGroup(
  { verdict, heading, explained }: Group,
  total: number,
  all: readonly PreviewLine[],
  { starts, accepted }: PreviewState,
): StatementPreview['groups'] {
  const lines = all.filter((line) => line.verdict === verdict);
  const { before } = starts[verdict];
  const last = lines.at(-1);
  if (!last && before === 0) return [];
  const upTo = before + lines.length;
  return [
    {
      verdict,
      heading,
      explained,
      rows: lines.map((line) => presentLine(line, accepted.has(line.position))),
      total,
      shown: lines.length < total ? `Lines ${before + 1} to ${upTo} of ${total}` : null,
      first: before > 0 ? `${verdict}=${startText({ after: -1, before: 0 })}` : null,
      next: last && upTo < total ? `${verdict}=${startText({ after: last.position, before: upTo })}` : null,
    },
  ];
}

function presentLine({ position, why, line }: PreviewLine, ticked: boolean): PreviewRow {
  const amount = poundsText(line.amountPence < 0n ? -line.amountPence : line.amountPence);
  return {
    position,
    when: longDate(line.date),
    what: line.page === undefined ? line.description : `${line.description} (page ${line.page})`,
    moneyIn: line.amountPence > 0n ? amount : '',
    moneyOut: line.amountPence > 0n ? '' : amount,
    why,
    ticked,
  };
}
