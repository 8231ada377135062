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
import { Type } from 'typebox';
import { amount, choice, component, date, decimal, described, id, nullable, page } from '../http/schemas.js';
import { accountFields, payee } from './accounts.responses.js';

export const payer = component('Payer', 'A body whose money it is', {
  id: id('The payer'),
  name: Type.String({ description: 'What the body is called', example: 'Fernshire Council' }),
  kind: choice(payerKinds, 'A council, or the integrated care board of the NHS'),
  code: Type.String({ description: 'The short code by which imports name the payer', example: 'FS' }),
});
export const payers = page(payer);

export const planMade = component('PlanDocumentMade', 'A plan that was recorded', {
  id: id('The plan'),
  outcomes: Type.Array(
    Type.Object(
      {
        id: id('The outcome, which budget lines name'),
        reference: Type.String({ description: 'Its number in the plan', example: '2.1' }),
      },
      { description: 'An outcome of the plan' },
    ),
    { description: 'In the order in which they were sent' },
  ),
});

export const budgetSummary = component('BudgetSummary', 'A budget in a list', {
  id: id('The budget'),
  reference: Type.String({ description: "The council's own number of the budget", example: 'PB-2026-0117' }),
  childId: Type.Optional(id('The child whose plan it pays for')),
  childName: Type.Optional(Type.String({ description: 'The name of the child' })),
  recipientId: id('The person to whom the payments are made'),
  recipientName: Type.String({ description: 'The name of the recipient' }),
  startsOn: date('The first day'),
  endsOn: nullable(date('The last day; null while it runs on')),
  streams: Type.Array(choice(fundingStreams, 'Whose money it is'), { description: 'The streams of its lines' }),
  amount: Type.Optional(amount('Of all lines together')),
  cashAmount: Type.Optional(
    amount('Of the lines that are paid out: the difference is organised, and never in an account'),
  ),
});
export const budgets = page(budgetSummary);

const budgetLine = component('BudgetLine', 'One thing that was agreed, with its money', {
  id: id('The line'),
  agreementId: Type.Optional(id('The agreement that it belongs to')),
  name: Type.Optional(
    Type.String({ description: 'What it is for, in a few words', example: 'Personal assistant, term time' }),
  ),
  stream: choice(fundingStreams, 'Whose money it is'),
  mechanism: Type.Optional(
    choice(deliveryMechanisms, 'Whether it is paid out, to the family or to somebody for them, or organised'),
  ),
  holder: Type.Optional(choice(holders, 'Who holds the money')),
  planSection: Type.Optional(choice(planSections, 'The section of the plan that it comes from')),
  amount: Type.Optional(amount("For all of the line's days")),
  quantity: Type.Optional(nullable(decimal('How many units; null where none were agreed', '520'))),
  unit: Type.Optional(nullable(Type.String({ description: 'What is counted', example: 'hours' }))),
  rate: Type.Optional(nullable(amount('Pounds for one unit'))),
  startsOn: date('The first day of service'),
  endsOn: date('The last day of service'),
  payeeId: nullable(id('The payee, where it is known')),
  outcomeIds: Type.Optional(Type.Array(id('An outcome of the plan'), { description: 'The outcomes that it serves' })),
});

const agreement = component('Agreement', 'What a payer and the recipient agreed in writing', {
  id: id('The agreement'),
  payer: described(payer, 'Whose money it is'),
  versions: Type.Array(
    Type.Object(
      {
        version: Type.Integer({ minimum: 1, description: '1 for the first terms' }),
        validFrom: date('The first day of these terms'),
        signedOn: date('The day on which they were signed'),
        changesServices: Type.Boolean({
          description: 'Whether the services changed with them, which calls for a review',
        }),
        reason: Type.String({ description: 'Why these terms' }),
      },
      { description: 'The terms from a day on' },
    ),
    { description: 'From the first to the latest' },
  ),
});

const schedule = component('InstalmentSchedule', 'When payments are to be made under an agreement', {
  id: id('The schedule'),
  agreementId: id('The agreement under which they are made'),
  stream: choice(fundingStreams, 'Whose money it is'),
  kind: choice(instalmentKinds, 'What the payments are'),
  frequency: choice(frequencies, 'How often they fall due'),
  amount: amount('Of each instalment'),
  firstDueOn: date('The day of the first'),
  lastDueOn: date('No instalment falls after this day'),
  instalments: Type.Integer({ minimum: 0, description: 'How many it made' }),
  withdrawn: Type.Integer({ minimum: 0, description: 'How many of them were withdrawn' }),
});

export const budget = component('Budget', 'Everything agreed about a budget, as far as your role on it gets it', {
  id: id('The budget'),
  reference: Type.String({ description: "The council's own number of the budget", example: 'PB-2026-0117' }),
  startsOn: date('The first day'),
  endsOn: nullable(date('The last day; null while it runs on')),
  child: Type.Optional(
    Type.Object(
      {
        id: id('The child'),
        name: Type.String({ description: 'The whole name' }),
        dateOfBirth: Type.Optional(nullable(date('Where it is known'))),
      },
      { description: 'The child whose plan it pays for' },
    ),
  ),
  recipient: Type.Object(
    {
      id: id('The recipient'),
      name: Type.String({ description: 'The whole name' }),
      email: Type.Optional(nullable(Type.String({ description: 'Where notices go' }))),
    },
    { description: 'The person to whom the payments are made' },
  ),
  plan: Type.Optional(
    Type.Object(
      {
        id: id('The plan'),
        kind: choice(planKinds, 'What the plan is under the law'),
        startsOn: date('The first day'),
        endsOn: nullable(date('The last day; null while it runs on')),
        outcomes: Type.Array(
          Type.Object(
            {
              id: id('The outcome'),
              reference: Type.String({ description: 'Its number in the plan', example: '2.1' }),
              description: Type.String({ description: 'In the words of the plan' }),
            },
            { description: 'A difference to be made' },
          ),
          { description: 'By their numbers' },
        ),
      },
      { description: 'The plan that the money is for' },
    ),
  ),
  agreements: Type.Optional(Type.Array(agreement, { description: 'One for each payer' })),
  lines: Type.Array(budgetLine, { description: 'By their first days' }),
  schedules: Type.Optional(Type.Array(schedule, { description: 'By their first days' })),
  accounts: Type.Array(
    Type.Object(
      {
        ...accountFields,
        validFrom: date('The first day on which it holds the budget'),
        validTo: nullable(date('The last day; null while it does')),
      },
      { description: 'A designated account that holds or has held the budget' },
    ),
    { description: 'By the days on which they began to hold it' },
  ),
  payees: Type.Array(payee, { description: 'By name' }),
});

export const linesMade = component('BudgetLinesMade', 'The lines that were added', {
  ids: Type.Array(id('A line'), { description: 'In the order in which they were sent' }),
});

export const agreementMade = component('AgreementMade', 'An agreement that was recorded', {
  id: id('The agreement'),
  version: Type.Integer({ minimum: 1, description: 'The version that these terms are' }),
});

export const agreementVersionMade = component('AgreementVersionMade', 'New terms that were recorded', {
  agreementId: id('The agreement'),
  version: Type.Integer({ minimum: 1, description: 'The version that these terms are' }),
});

export const budgetsImported = component('BudgetsImported', 'What an import made', {
  accepted: Type.Boolean({ description: 'Always true: a file that is not accepted whole is refused with its faults' }),
  rows: Type.Integer({ minimum: 0, description: 'The rows of the file, without its heading' }),
  budgets: Type.Integer({ minimum: 0, description: 'The budgets that were made' }),
  lines: Type.Integer({ minimum: 0, description: 'The budget lines that were made' }),
  instalments: Type.Integer({ minimum: 0, description: 'The instalments that were made' }),
});
