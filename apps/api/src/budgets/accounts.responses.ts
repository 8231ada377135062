import { accountKinds, instalmentKinds, instalmentStates, livesWithKinds, payeeKinds } from '@ringfence/budgets';
import { fundingStreams } from '@ringfence/kernel';
import { Type } from 'typebox';
import { amount, choice, component, date, id, nullable, page } from '../http/schemas.js';

export const accountFields = {
  id: id('The account'),
  kind: choice(accountKinds, 'A bank account of its own, a prepaid card, or one that an organisation manages'),
  name: Type.String({ description: 'The name on the account' }),
  bankName: Type.Optional(Type.String({ description: 'Where it is held' })),
  sortCode: Type.Optional(nullable(Type.String({ description: 'Six digits', example: '112233' }))),
  accountNumber: Type.Optional(nullable(Type.String({ description: 'Six to ten digits', example: '12345678' }))),
  holderPersonId: Type.Optional(nullable(id('The person who holds it'))),
  holderOrganisationId: Type.Optional(nullable(id('The organisation that holds it'))),
  openedOn: date('The first day'),
  closedOn: nullable(date('The last day; null while it is open')),
  bookId: Type.Optional(id('Its book in the ledger')),
};

export const designatedAccount = component(
  'DesignatedAccount',
  'An account that holds direct payments and nothing else',
  {
    ...accountFields,
    budgets: Type.Array(
      Type.Object(
        {
          budgetId: id('The budget'),
          validFrom: date('The first day on which the account holds it'),
          validTo: nullable(date('The last day; null while it does')),
        },
        { description: 'A budget in the account' },
      ),
      { description: 'Those that you may see: several for siblings, or in a pooled account' },
    ),
  },
);
export const designatedAccounts = page(designatedAccount);

export const accountOpened = component('DesignatedAccountOpened', 'An account that was opened', {
  id: id('The account'),
  bookId: id('The book that opened with it'),
});

export const budgetPutIn = component('BudgetPutIn', 'A budget that was put into an account', {
  designatedAccountId: id('The account'),
  budgetId: id('The budget'),
});

export const instalment = component('Instalment', 'One payment that is to be made', {
  id: id('The instalment'),
  scheduleId: id('The schedule that made it'),
  budgetId: id('The budget'),
  budgetReference: Type.String({ description: "The council's own number of the budget", example: 'PB-2026-0117' }),
  agreementId: id('The agreement under which it is paid'),
  designatedAccountId: id('Where it is to be paid'),
  stream: choice(fundingStreams, 'Whose money it is'),
  kind: choice(instalmentKinds, 'What the payment is'),
  dueOn: date('The day on which it falls due'),
  amount: amount('What is to be paid'),
  dueJournalId: nullable(id('The journal that recorded it as due; null before its day')),
  receivedOn: nullable(date('The day of the bank line that it was matched with')),
  withdrawnOn: nullable(date('The day on which it was withdrawn')),
  state: choice(instalmentStates, 'To come, due now, late, received, or never paid'),
});
export const instalments = page(instalment);

export const scheduleMade = component('InstalmentScheduleMade', 'A schedule that was recorded', {
  id: id('The schedule'),
  instalments: Type.Integer({ minimum: 0, description: 'How many instalments it made' }),
});

export const scheduleEnded = component('InstalmentScheduleEnded', 'What the end of a schedule did', {
  withdrawn: Type.Integer({ minimum: 0, description: 'How many instalments were withdrawn' }),
});

const span = Type.Object(
  {
    from: date('The first day'),
    to: nullable(date('The last day; null while it runs on')),
  },
  { description: 'Days, both included' },
);

export const payee = component('Payee', 'Somebody whom a budget pays', {
  id: id('The payee'),
  budgetId: id('The budget'),
  name: Type.String({ description: 'What the payee is called' }),
  kind: choice(payeeKinds, 'What the payee is, as a person has confirmed it'),
  names: Type.Array(Type.String({ description: 'A name', example: 'LITTLE ACORNS' }), {
    description: 'How statements and bureaux write the payee, as a person has confirmed it',
  }),
  employeeReference: nullable(
    Type.String({ description: 'The reference under which a bureau knows the employee', example: 'E7' }),
  ),
  relationship: Type.String({
    description: 'To the child or the recipient, in plain words; none where there is none',
    example: 'none',
  }),
  household: Type.Array(
    Type.Object(
      {
        id: id('The record, by which it is ended'),
        livesWith: choice(livesWithKinds, 'With whom'),
        from: date('The first day'),
        to: nullable(date('The last day; null while they do')),
      },
      { description: 'Days on which they lived together' },
    ),
    { description: 'By the first day' },
  ),
  livesWithChild: Type.Array(span, { description: 'The days of the household that are with the child' }),
  livesWithRecipient: Type.Array(span, { description: 'The days of the household that are with the recipient' }),
});
export const payees = page(payee);

export const namesConfirmed = component('PayeeNames', 'The names of a payee after one was confirmed', {
  id: id('The payee'),
  names: Type.Array(Type.String({ description: 'A name', example: 'LITTLE ACORNS' }), {
    description: 'How statements and bureaux write the payee',
  }),
});
