import { longDate } from '@ringfence/kernel';
import type { LineRow } from '@ringfence/reconciliation';
import { unsigned } from '../shell/formatting.js';
import type { FormValues } from '../shell/forms.js';
import { definePage, type PageModel } from '../shell/render.js';
import type { TargetChoice } from './target-choices.js';

/** The line that a form is about. */
export interface LineInForm {
  readonly lineId: string;
  readonly when: string;
  readonly what: string;
  readonly amount: string;
  readonly direction: 'in' | 'out';
  readonly remaining: string;
}

export interface AllocatePage extends PageModel, LineInForm {
  readonly budgetId: string;
  readonly choices: readonly TargetChoice[];
  /** What the rules exclude of the line; null where that is nothing. */
  readonly excluded: string | null;
  readonly kept: { readonly amount: string; readonly reasons: string; readonly serviceDate: string };
  readonly key: string;
}

export const allocatePage = definePage<AllocatePage>('budget/allocate');

export interface UndoPage extends PageModel, LineInForm {
  readonly budgetId: string;
  readonly allocationId: string;
  /** What was allocated, and why. */
  readonly part: { readonly amount: string; readonly reasons: string };
  readonly kept: FormValues;
  readonly key: string;
}

export const undoPage = definePage<UndoPage>('budget/undo');

export function presentLineInForm(line: LineRow): LineInForm {
  return {
    lineId: line.id,
    when: longDate(line.lineDate),
    what: line.description,
    amount: unsigned(line.amountPence),
    direction: line.amountPence > 0n ? 'in' : 'out',
    remaining: unsigned(line.remainingPence),
  };
}
