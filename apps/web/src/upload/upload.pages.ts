import type { PaymentChoice } from '../receipts/payment-choices.js';
import type { FormValues } from '../shell/forms.js';
import { definePage, type PageModel } from '../shell/render.js';
import type { FindingRow } from '../months/months.presenter.js';

export interface SendReceiptPage extends PageModel {
  readonly budgetId: string;
  readonly childName: string;
  readonly key: string;
  readonly sizeMegabytes: number;
  readonly payments: readonly PaymentChoice[];
  readonly kept: FormValues;
}

export const sendReceiptPage = definePage<SendReceiptPage>('upload/send-receipt');

export interface SendStatementPage extends PageModel {
  readonly budgetId: string;
  readonly childName: string;
  readonly key: string;
  readonly sizeMegabytes: number;
  readonly accounts: readonly { readonly value: string; readonly text: string; readonly checked: boolean }[];
  /** The account, where there is one and nothing to choose. */
  readonly onlyAccount: { readonly id: string; readonly name: string; readonly bankName?: string } | undefined;
}

export const sendStatementPage = definePage<SendStatementPage>('upload/send-statement');

export interface StatementDecisionPage extends PageModel {
  readonly id: string;
  /** The last part of the form's address. */
  readonly path: string;
  readonly fileName: string;
  readonly sentences: readonly string[];
  readonly question: string;
  readonly button: string;
  readonly buttonClasses: string;
  /** The balance breaks that a decision is about. */
  readonly breaks: readonly FindingRow[];
  readonly kept: string;
  readonly key: string;
}

export const statementDecisionPage = definePage<StatementDecisionPage>('upload/statement-decision');
