import { longDate, poundsText, type CalendarDate, type Money } from '@ringfence/kernel';
import type { PreviewLine, PreviewVerdict } from '@ringfence/statements';
import { counted } from '../shell/words.js';

export interface ImportFacts {
  readonly view: {
    readonly id: string;
    readonly state: 'RECEIVED' | 'PARSED' | 'REFUSED' | 'COMMITTED';
    readonly fileName: string;
    readonly firstDate: CalendarDate | null;
    readonly lastDate: CalendarDate | null;
    readonly openingPence: Money | null;
    readonly closingPence: Money | null;
    readonly needsConfirmation: boolean;
    readonly warnings: readonly { readonly message: string }[];
    readonly refusal: string | null;
    readonly counts: Readonly<Record<PreviewVerdict, number>>;
  };
  readonly lines: readonly PreviewLine[];
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
}

export interface ImportPage {
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
  readonly refreshSeconds: number | null;
  /** One sentence for each kind of line, in the order in which the page shows them. */
  readonly counts: readonly string[];
  readonly nothingNew: boolean;
  readonly groups: readonly {
    readonly verdict: PreviewVerdict;
    readonly heading: string;
    readonly explained: string;
    readonly rows: readonly PreviewRow[];
    readonly more: string | null;
  }[];
}

/** How soon a page that waits for the job asks again. */
export const refreshSeconds = 3;

const titles = {
  RECEIVED: 'We are reading your statement',
  PARSED: 'Check your statement',
  REFUSED: 'We could not read your statement',
  COMMITTED: 'Your statement is in the books',
} as const;

const groups: readonly { verdict: PreviewVerdict; heading: string; explained: string; counted: [string, string] }[] = [
  {
    verdict: 'DOUBTFUL',
    heading: 'Please look at these',
    explained: 'They look like payments that we hold already, but we cannot be sure. Tick those that are new.',
    counted: ['payment that may be there already', 'payments that may be there already'],
  },
  {
    verdict: 'NEW',
    heading: 'New',
    explained: 'These will be added.',
    counted: ['new payment', 'new payments'],
  },
  {
    verdict: 'HELD',
    heading: 'Already there',
    explained: 'These came with an earlier statement and will not be added again.',
    counted: ['payment that is there already', 'payments that are there already'],
  },
  {
    verdict: 'NOT_POSTED',
    heading: 'Left out',
    explained: 'The bank has not made these, or has taken them back, so they moved no money.',
    counted: ['entry left out', 'entries left out'],
  },
];

export function presentImport({ view, lines, accountName, budgetId }: ImportFacts): ImportPage {
  return {
    title: titles[view.state],
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
    refreshSeconds: view.state === 'RECEIVED' ? refreshSeconds : null,
    counts: groups
      .filter(({ verdict }) => view.counts[verdict] > 0)
      .map((group) => counted(view.counts[group.verdict], ...group.counted)),
    nothingNew: view.counts.NEW + view.counts.DOUBTFUL === 0,
    groups: groups
      .map(({ verdict, heading, explained }) => ({
        verdict,
        heading,
        explained,
        rows: lines.filter((line) => line.verdict === verdict).map(presentLine),
      }))
      .filter(({ rows }) => rows.length > 0)
      .map((group) => {
        const left = view.counts[group.verdict] - group.rows.length;
        return { ...group, more: left > 0 ? `and ${left} more` : null };
      }),
  };
}

function presentLine({ position, why, line }: PreviewLine): PreviewRow {
  const amount = poundsText(line.amountPence < 0n ? -line.amountPence : line.amountPence);
  return {
    position,
    when: longDate(line.date),
    what: line.page === undefined ? line.description : `${line.description} (page ${line.page})`,
    moneyIn: line.amountPence > 0n ? amount : '',
    moneyOut: line.amountPence > 0n ? '' : amount,
    why,
  };
}
