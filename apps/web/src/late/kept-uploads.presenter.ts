import type { KeptUpload } from '@ringfence/evidence';
import { london, londonDay, longDate, type CalendarDate } from '@ringfence/kernel';
import { paymentInWords, type PaymentLine } from '../receipts/payment-choices.js';
import { definePage, type PageModel } from '../shell/render.js';

export interface KeptUploadItem {
  readonly id: string;
  readonly sentence: string;
  /** What it is for, as its form said. */
  readonly about: string;
}

export interface KeptUploadsPage extends PageModel {
  readonly items: readonly KeptUploadItem[];
}

export const keptUploadsPage = definePage<KeptUploadsPage>('late/kept-uploads');

export interface NotKeptPage extends PageModel {
  /** Where to sign in, and come back to the form. */
  readonly signIn: string;
}

export const notKeptPage = definePage<NotKeptPage>('late/not-kept');

/** `payment` is the one that was chosen with a receipt, where it can be seen. */
export function presentKeptUpload(
  upload: Pick<KeptUpload, 'id' | 'kind' | 'fileName' | 'keptAt'>,
  today: CalendarDate,
  childName: string,
  payment: PaymentLine | undefined,
): KeptUploadItem {
  const what = upload.kind === 'RECEIPT' ? 'A receipt' : 'A bank statement';
  const chosen = payment ? `, for the payment of ${paymentInWords(payment)}` : '';
  return {
    id: upload.id,
    sentence: `You sent ${upload.fileName} at ${clockTime(upload.keptAt, today)}, after you had been signed out. Add it?`,
    about: `${what} for ${childName}’s budget${chosen}.`,
  };
}

/** "21:14", and the day where it is not today. */
function clockTime(instant: Date, today: CalendarDate): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: london, hour: '2-digit', minute: '2-digit' }).format(
    instant,
  );
  const day = londonDay(instant);
  return day === today ? time : `${time} on ${longDate(day)}`;
}
