import { accountKinds, instalmentKinds, instalmentStates, livesWithKinds, payeeKinds } from '@ringfence/budgets';
import { fundingStreams } from '@ringfence/kernel';
import { amount, answer, date, group, id, list, oneOf, orNull, page, sometimes, text, whole } from '../http/shapes.js';

export const accountFields = {
  id: id('The account'),
  kind: oneOf(accountKinds, 'A bank account of its own, a prepaid card, or one that an organisation manages'),
  name: text('The name on the account'),
  bankName: sometimes(text('Where it is held')),
  sortCode: sometimes(orNull(text('Six digits', '112233'))),
  accountNumber: sometimes(orNull(text('Six to ten digits', '12345678'))),
  holderPersonId: sometimes(orNull(id('The person who holds it'))),
  holderOrganisationId: sometimes(orNull(id('The organisation that holds it'))),
  openedOn: date('The first day'),
  closedOn: orNull(date('The last day; null while it is open')),
  bookId: sometimes(id('Its book in the ledger')),
};

export const designatedAccount = answer('DesignatedAccount', 'An account that holds direct payments and nothing else', {
  ...accountFields,
  budgets: list(
    group('A budget in the account', {
      budgetId: id('The budget'),
      validFrom: date('The first day on which the account holds it'),
      validTo: orNull(date('The last day; null while it does')),
    }),
    'Those that you may see: several for siblings, or in a pooled account',
  ),
});
export const designatedAccounts = page(designatedAccount);

export const accountOpened = answer('DesignatedAccountOpened', 'An account that was opened', {
  id: id('The account'),
  bookId: id('The book that opened with it'),
});

export const budgetPutIn = answer('BudgetPutIn', 'A budget that was put into an account', {
  designatedAccountId: id('The account'),
  budgetId: id('The budget'),
});

export const instalment = answer('Instalment', 'One payment that is to be made', {
  id: id('The instalment'),
  scheduleId: id('The schedule that made it'),
  budgetId: id('The budget'),
  budgetReference: text("The council's own number of the budget", 'PB-2026-0117'),
  agreementId: id('The agreement under which it is paid'),
  designatedAccountId: id('Where it is to be paid'),
  stream: oneOf(fundingStreams, 'Whose money it is'),
  kind: oneOf(instalmentKinds, 'What the payment is'),
  dueOn: date('The day on which it falls due'),
  amount: amount('What is to be paid'),
  dueJournalId: orNull(id('The journal that recorded it as due; null before its day')),
  receivedOn: orNull(date('The day of the bank line that it was matched with')),
  withdrawnOn: orNull(date('The day on which it was withdrawn')),
  state: oneOf(instalmentStates, 'To come, due now, late, received, or never paid'),
});
export const instalments = page(instalment);

export const scheduleMade = answer('InstalmentScheduleMade', 'A schedule that was recorded', {
  id: id('The schedule'),
  instalments: whole('How many instalments it made', { minimum: 0 }),
});

export const scheduleEnded = answer('InstalmentScheduleEnded', 'What the end of a schedule did', {
  withdrawn: whole('How many instalments were withdrawn', { minimum: 0 }),
});

const span = group('Days, both included', {
  from: date('The first day'),
  to: orNull(date('The last day; null while it runs on')),
});

export const payee = answer('Payee', 'Somebody whom a budget pays', {
  id: id('The payee'),
  budgetId: id('The budget'),
  name: text('What the payee is called'),
  kind: oneOf(payeeKinds, 'What the payee is, as a person has confirmed it'),
  names: list(
    text('A name', 'LITTLE ACORNS'),
    'How statements and bureaux write the payee, as a person has confirmed it',
  ),
  employeeReference: orNull(text('The reference under which a bureau knows the employee', 'E7')),
  relationship: text('To the child or the recipient, in plain words; none where there is none', 'none'),
  household: list(
    group('Days on which they lived together', {
      id: id('The record, by which it is ended'),
      livesWith: oneOf(livesWithKinds, 'With whom'),
      from: date('The first day'),
      to: orNull(date('The last day; null while they do')),
    }),
    'By the first day',
  ),
  livesWithChild: list(span, 'The days of the household that are with the child'),
  livesWithRecipient: list(span, 'The days of the household that are with the recipient'),
});
export const payees = page(payee);

export const namesConfirmed = answer('PayeeNames', 'The names of a payee after one was confirmed', {
  id: id('The payee'),
  names: list(text('A name', 'LITTLE ACORNS'), 'How statements and bureaux write the payee'),
});
