import {
  deliveryMechanisms,
  frequencies,
  holders,
  instalmentKinds,
  payerKinds,
  planKinds,
  planSections,
} from '@ringfence/budgets';
import { fundingStreams } from '@ringfence/kernel';
import {
  amount,
  answer,
  as,
  date,
  decimal,
  group,
  id,
  list,
  oneOf,
  orNull,
  page,
  sometimes,
  text,
  whole,
  yesNo,
} from '../http/shapes.js';
import { accountFields, payee } from './accounts.responses.js';

export const payer = answer('Payer', 'A body whose money it is', {
  id: id('The payer'),
  name: text('What the body is called', 'Fernshire Council'),
  kind: oneOf(payerKinds, 'A council, or the integrated care board of the NHS'),
  code: text('The short code by which imports name the payer', 'FS'),
});
export const payers = page(payer);

export const planMade = answer('PlanDocumentMade', 'A plan that was recorded', {
  id: id('The plan'),
  outcomes: list(
    group('An outcome of the plan', {
      id: id('The outcome, which budget lines name'),
      reference: text('Its number in the plan', '2.1'),
    }),
    'In the order in which they were sent',
  ),
});

export const budgetSummary = answer('BudgetSummary', 'A budget in a list', {
  id: id('The budget'),
  reference: text("The council's own number of the budget", 'PB-2026-0117'),
  childId: sometimes(id('The child whose plan it pays for')),
  childName: sometimes(text('The name of the child')),
  recipientId: id('The person to whom the payments are made'),
  recipientName: text('The name of the recipient'),
  startsOn: date('The first day'),
  endsOn: orNull(date('The last day; null while it runs on')),
  streams: list(oneOf(fundingStreams, 'Whose money it is'), 'The streams of its lines'),
  amount: sometimes(amount('Of all lines together')),
  cashAmount: sometimes(amount('Of the lines that are paid out: the difference is organised, and never in an account')),
});
export const budgets = page(budgetSummary);

const budgetLine = answer('BudgetLine', 'One thing that was agreed, with its money', {
  id: id('The line'),
  agreementId: sometimes(id('The agreement that it belongs to')),
  name: sometimes(text('What it is for, in a few words', 'Personal assistant, term time')),
  stream: oneOf(fundingStreams, 'Whose money it is'),
  mechanism: sometimes(
    oneOf(deliveryMechanisms, 'Whether it is paid out, to the family or to somebody for them, or organised'),
  ),
  holder: sometimes(oneOf(holders, 'Who holds the money')),
  planSection: sometimes(oneOf(planSections, 'The section of the plan that it comes from')),
  amount: sometimes(amount("For all of the line's days")),
  quantity: sometimes(orNull(decimal('How many units; null where none were agreed', '520'))),
  unit: sometimes(orNull(text('What is counted', 'hours'))),
  rate: sometimes(orNull(amount('Pounds for one unit'))),
  startsOn: date('The first day of service'),
  endsOn: date('The last day of service'),
  payeeId: orNull(id('The payee, where it is known')),
  outcomeIds: sometimes(list(id('An outcome of the plan'), 'The outcomes that it serves')),
});

const agreement = answer('Agreement', 'What a payer and the recipient agreed in writing', {
  id: id('The agreement'),
  payer: as(payer, 'Whose money it is'),
  versions: list(
    group('The terms from a day on', {
      version: whole('1 for the first terms', { minimum: 1 }),
      validFrom: date('The first day of these terms'),
      signedOn: date('The day on which they were signed'),
      changesServices: yesNo('Whether the services changed with them, which calls for a review'),
      reason: text('Why these terms'),
    }),
    'From the first to the latest',
  ),
});

const schedule = answer('InstalmentSchedule', 'When payments are to be made under an agreement', {
  id: id('The schedule'),
  agreementId: id('The agreement under which they are made'),
  stream: oneOf(fundingStreams, 'Whose money it is'),
  kind: oneOf(instalmentKinds, 'What the payments are'),
  frequency: oneOf(frequencies, 'How often they fall due'),
  amount: amount('Of each instalment'),
  firstDueOn: date('The day of the first'),
  lastDueOn: date('No instalment falls after this day'),
  instalments: whole('How many it made', { minimum: 0 }),
  withdrawn: whole('How many of them were withdrawn', { minimum: 0 }),
});

export const budget = answer('Budget', 'Everything agreed about a budget, as far as your role on it gets it', {
  id: id('The budget'),
  reference: text("The council's own number of the budget", 'PB-2026-0117'),
  startsOn: date('The first day'),
  endsOn: orNull(date('The last day; null while it runs on')),
  child: sometimes(
    group('The child whose plan it pays for', {
      id: id('The child'),
      name: text('The whole name'),
      dateOfBirth: sometimes(orNull(date('Where it is known'))),
    }),
  ),
  recipient: group('The person to whom the payments are made', {
    id: id('The recipient'),
    name: text('The whole name'),
    email: sometimes(orNull(text('Where notices go'))),
  }),
  plan: sometimes(
    group('The plan that the money is for', {
      id: id('The plan'),
      kind: oneOf(planKinds, 'What the plan is under the law'),
      startsOn: date('The first day'),
      endsOn: orNull(date('The last day; null while it runs on')),
      outcomes: list(
        group('A difference to be made', {
          id: id('The outcome'),
          reference: text('Its number in the plan', '2.1'),
          description: text('In the words of the plan'),
        }),
        'By their numbers',
      ),
    }),
  ),
  agreements: sometimes(list(agreement, 'One for each payer')),
  lines: list(budgetLine, 'By their first days'),
  schedules: sometimes(list(schedule, 'By their first days')),
  accounts: list(
    group('A designated account that holds or has held the budget', {
      ...accountFields,
      validFrom: date('The first day on which it holds the budget'),
      validTo: orNull(date('The last day; null while it does')),
    }),
    'By the days on which they began to hold it',
  ),
  payees: list(payee, 'By name'),
});

export const linesMade = answer('BudgetLinesMade', 'The lines that were added', {
  ids: list(id('A line'), 'In the order in which they were sent'),
});

export const agreementMade = answer('AgreementMade', 'An agreement that was recorded', {
  id: id('The agreement'),
  version: whole('The version that these terms are', { minimum: 1 }),
});

export const agreementVersionMade = answer('AgreementVersionMade', 'New terms that were recorded', {
  agreementId: id('The agreement'),
  version: whole('The version that these terms are', { minimum: 1 }),
});

export const budgetsImported = answer('BudgetsImported', 'What an import made', {
  accepted: yesNo('Always true: a file that is not accepted whole is refused with its faults'),
  rows: whole('The rows of the file, without its heading', { minimum: 0 }),
  budgets: whole('The budgets that were made', { minimum: 0 }),
  lines: whole('The budget lines that were made', { minimum: 0 }),
  instalments: whole('The instalments that were made', { minimum: 0 }),
});
