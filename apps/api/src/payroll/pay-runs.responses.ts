import { fundingStreams } from '@ringfence/kernel';
import { decisionOutcomes, holdKinds, payFrequencies, payRunStates } from '@ringfence/payroll';
import {
  amount,
  answer,
  date,
  decimal,
  group,
  id,
  instant,
  list,
  oneOf,
  orNull,
  page,
  text,
  whole,
  yesNo,
} from '../http/shapes.js';
import { finding, verdicts } from '../spending-rules/findings.responses.js';

const warnings = list(text('A sentence'), 'What a person should look at, such as pay below the National Minimum Wage');

export const payRunTaken = answer('PayRunTaken', 'A pay run that was taken and accrued, whole', {
  id: id('The run'),
  reference: text('The bureau’s own name for the run', 'RUN-2026-05'),
  payDate: date('The day on which the employees are paid'),
  state: oneOf(['POSTED'], 'It is in the books'),
  payslips: list(
    group('A payslip that was taken', {
      id: id('The payslip'),
      position: whole('Its place in the run, from 1', { minimum: 1 }),
      budgetId: id('The budget that pays it'),
      payeeId: id('The employee'),
      employeeReference: orNull(text('The reference under which the bureau knows the employee', 'E7')),
      net: amount('What is paid to the employee'),
      cost: amount('What it costs the budget: gross, reimbursements, employer’s costs, holiday and fee'),
      postedOn: orNull(
        date(
          'Its day in the books: the pay date, or the first open day where that month is closed; null where it cost nothing',
        ),
      ),
      verdict: oneOf(verdicts, 'The strictest of its findings; allowed where there are none'),
      findings: list(finding, 'What the spending rules say, the strictest first'),
      warnings,
    }),
    'In the order in which they were sent',
  ),
});

const holdReason = group('One thing that a person should see first', {
  kind: oneOf(holdKinds, 'What kind of thing it is'),
  pointer: text('JSON pointer into the run as it was sent', '/payslips/0/gross'),
  message: text('In one sentence: what was found, and what it was held against'),
  found: text('What was found', '£1,000,000.00'),
  threshold: text('The threshold', '£1,200.00'),
  source: text('The document that sets the threshold'),
});
const holdReasons = list(holdReason, 'All of them; nothing follows from one but that a person looks');

export const payRunHeld = answer(
  'PayRunHeld',
  'A pay run that was received whole and waits for a finance officer of the authority; nothing of it is posted',
  {
    id: id('The run'),
    reference: text('The bureau’s own name for the run', 'RUN-2026-05'),
    payDate: date('The day on which the employees are paid'),
    state: oneOf(['HELD'], 'It waits'),
    reasons: holdReasons,
  },
);

export const payRunEnded = answer('PayRunEnded', 'A pay run that waited, and is not posted', {
  id: id('The run'),
  state: oneOf(['REFUSED', 'WITHDRAWN'], 'What became of it'),
});

const runFields = {
  id: id('The run'),
  organisation: group('The bureau that reported it', {
    id: id('The organisation'),
    name: text('What the organisation is called', 'Payday Bureau'),
  }),
  reference: text('The bureau’s own name for the run', 'RUN-2026-05'),
  payDate: date('The day on which the employees are paid'),
  frequency: oneOf(payFrequencies, 'How often the employees are paid'),
  state: oneOf(payRunStates, 'Posted in the books, waiting for an officer, refused by one, or withdrawn by the bureau'),
  receivedAt: instant('When it was reported'),
  payslips: whole('How many of its payslips you may see', { minimum: 1 }),
  gross: amount('Of these payslips together'),
  net: amount('Of these payslips together'),
  employerCosts: amount('Employer’s National Insurance and pension of these payslips together'),
  complete: yesNo('Whether these are all the payslips of the run'),
};

export const payRun = answer('PayRun', 'A pay run, with the totals of the payslips that you may see', runFields);
export const payRuns = page(payRun);

const payslip = answer('Payslip', 'What an employee is paid for a period, and what it costs the budget', {
  id: id('The payslip'),
  position: whole('Its place in the run, from 1', { minimum: 1 }),
  budgetId: id('The budget that pays it'),
  designatedAccountId: id('The account that pays it'),
  payee: group('The employee', { id: id('The payee'), name: text('What the employee is called', 'Ben Brown') }),
  employeeReference: orNull(text('The reference under which the bureau knows the employee', 'E7')),
  niCategory: orNull(text('The National Insurance category, one capital letter', 'A')),
  payDate: date('The day on which the employee is paid'),
  periodStart: date('The first day of the pay period'),
  periodEnd: date('The last day of the pay period'),
  datesWorked: list(date('A day'), 'The days worked, where the bureau sent them'),
  lines: list(
    group('A line of pay', {
      code: orNull(text('The bureau’s code', 'BASIC')),
      description: text('What it is for', 'Basic pay'),
      hours: orNull(decimal('How many hours', '12.5')),
      rate: orNull(decimal('Pounds an hour, with fractions of a penny where the bureau has them', '13.25')),
      amount: amount('Negative where earlier pay is corrected'),
    }),
    'They sum to the gross',
  ),
  reimbursements: list(
    group('What the employee laid out', {
      description: text('What it was for', 'Bus fares'),
      amount: amount('What is paid back'),
    }),
    'Paid with the net, and no part of the gross',
  ),
  gross: amount('Pay before anything is taken from it'),
  deductions: group('What is taken from the gross', {
    tax: amount('Income tax; negative where it is given back'),
    employeeNi: amount('Employee’s National Insurance'),
    studentLoan: amount('Repayment of a student loan'),
    employeePension: amount('Employee’s pension contribution'),
    attachment: amount('Attachment of earnings, by order of a court'),
  }),
  net: amount('What is paid to the employee: gross less deductions plus reimbursements'),
  employerNi: amount('Employer’s National Insurance'),
  employerPension: amount('Employer’s pension contribution'),
  employmentAllowance: amount('What the Employment Allowance takes off the employer’s National Insurance'),
  holidayAccrual: amount('Holiday earned and set aside'),
  fee: amount('The bureau’s own fee, where the budget pays it'),
  streams: list(
    group('The share of one stream', {
      stream: oneOf(fundingStreams, 'Whose money it is'),
      budgetLineId: orNull(id('The budget line that bears it')),
      outcomeId: orNull(id('The outcome of the plan that it serves')),
      cost: amount('What the stream bears of the whole cost'),
      net: amount('What the stream bears of the net pay'),
    }),
    'To the penny, as posted in the ledger or, while the run waits, as it would be',
  ),
  journalId: orNull(id('The journal that accrued it; null where it cost nothing, or is not posted')),
  verdict: orNull(oneOf(verdicts, 'The strictest of its findings; null where it is not posted')),
  findings: list(finding, 'What the spending rules say, the strictest first'),
  warnings,
});

export const payRunDetail = answer('PayRunDetail', 'A pay run with the payslips that you may see', {
  ...runFields,
  hold: orNull(
    group('Why it waited; null where it did not, and for families', {
      heldAt: instant('Since when'),
      reasons: holdReasons,
    }),
  ),
  decision: orNull(
    group('What became of a run that waited; null while it waits, where it never did, and for families', {
      outcome: oneOf(decisionOutcomes, 'Accepted or refused by an officer, or withdrawn by the bureau'),
      by: orNull(text('The officer, or the bureau; null where you may not know the officer’s name', 'Finn Finance')),
      at: instant('When'),
      reasons: text('In the words of whoever decided'),
    }),
  ),
  items: list(payslip, 'By their places in the run'),
});
