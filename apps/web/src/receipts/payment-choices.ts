import { longDate } from '@ringfence/kernel';
import type { LineRow } from '@ringfence/reconciliation';
import { unsigned } from '../shell/formatting.js';

/** Payments offered for a receipt: the newest that have none. */
export const paymentsOfferedMax = 30;
/** How far back they are looked for. */
export const linesLookedAtMax = 200;

const descriptionCharactersMax = 60;

export type PaymentLine = Pick<LineRow, 'id' | 'lineDate' | 'amountPence' | 'description' | 'receipts'>;

export interface PaymentChoice {
  readonly value: string;
  readonly text: string;
  readonly selected: boolean;
}

/** Payments out without a receipt, and besides them the one that is chosen already, whatever it has. */
export function paymentChoices(lines: readonly PaymentLine[], chosen: string | null, none: string): PaymentChoice[] {
  const waiting = lines.filter((line) => line.amountPence < 0n && line.receipts.length === 0);
  const offered = waiting.slice(0, paymentsOfferedMax);
  const other = lines.find(({ id }) => id === chosen && !offered.some((line) => line.id === id));
  return [
    { value: '', text: none, selected: chosen === null || chosen === '' },
    ...[...(other ? [other] : []), ...offered].map((line) => ({
      value: line.id,
      text: paymentInWords(line),
      selected: line.id === chosen,
    })),
  ];
}

/** "1 June 2026, £18.00, SWIM SCHOOL". */
export function paymentInWords({ lineDate, amountPence, description }: Omit<PaymentLine, 'id' | 'receipts'>): string {
  return `${longDate(lineDate)}, ${unsigned(amountPence)}, ${description.slice(0, descriptionCharactersMax)}`;
}
