import { fundingStreams } from '@ringfence/kernel';
import { decisionOutcomes, holdKinds, payFrequencies, payRunStates } from '@ringfence/payroll';
import { Type } from 'typebox';
import { amount, choice, component, date, decimal, id, instant, nullable, page } from '../http/schemas.js';
import { finding, verdicts } from '../spending-rules/findings.responses.js';

const warnings = Type.Array(Type.String({ description: 'A sentence' }), {
  description: 'What a person should look at, such as pay below the National Minimum Wage',
});

export const payRunTaken = component('PayRunTaken', 'A pay run that was taken and accrued, whole', {
  id: id('The run'),
  reference: Type.String({ description: 'The bureau’s own name for the run', example: 'RUN-2026-05' }),
  payDate: date('The day on which the employees are paid'),
  state: choice(['POSTED'], 'It is posted'),
  payslips: Type.Array(
    Type.Object(
      {
        id: id('The payslip'),
        position: Type.Integer({ minimum: 1, description: 'Its place in the run, from 1' }),
        budgetId: id('The budget that pays it'),
        payeeId: id('The employee'),
        employeeReference: nullable(
          Type.String({ description: 'The reference under which the bureau knows the employee', example: 'E7' }),
        ),
        net: amount('What is paid to the employee'),
        cost: amount('What it costs the budget: gross, reimbursements, employer’s costs, holiday and fee'),
        postedOn: nullable(
          date(
            'Its day in the ledger: the pay date, or the first open day where that month is closed; null where it cost nothing',
          ),
        ),
        verdict: choice(verdicts, 'The strictest of its findings; allowed where there are none'),
        findings: Type.Array(finding, { description: 'What the spending rules say, the strictest first' }),
        warnings,
      },
      { description: 'A payslip that was taken' },
    ),
    { description: 'In the order in which they were sent' },
  ),
});

const holdReason = Type.Object(
  {
    kind: choice(holdKinds, 'What kind of thing it is'),
    pointer: Type.String({ description: 'JSON pointer into the run as it was sent', example: '/payslips/0/gross' }),
    message: Type.String({ description: 'In one sentence: what was found, and what it was held against' }),
    found: Type.String({ description: 'What was found', example: '£1,000,000.00' }),
    threshold: Type.String({ description: 'The threshold', example: '£1,200.00' }),
    source: Type.String({ description: 'The document that sets the threshold' }),
  },
  { description: 'One thing that a person should see first' },
);
const holdReasons = Type.Array(holdReason, {
  description: 'All of them; nothing follows from one but that a person looks',
});

export const payRunHeld = component(
  'PayRunHeld',
  'A pay run that was received whole and waits for a finance officer of the authority; nothing of it is posted',
  {
    id: id('The run'),
    reference: Type.String({ description: 'The bureau’s own name for the run', example: 'RUN-2026-05' }),
    payDate: date('The day on which the employees are paid'),
    state: choice(['HELD'], 'It waits'),
    reasons: holdReasons,
  },
);

export const payRunEnded = component('PayRunEnded', 'A pay run that waited, and is not posted', {
  id: id('The run'),
  state: choice(['REFUSED', 'WITHDRAWN'], 'What became of it'),
});

const runFields = {
  id: id('The run'),
  organisation: Type.Object(
    {
      id: id('The organisation'),
      name: Type.String({ description: 'What the organisation is called', example: 'Payday Bureau' }),
    },
    { description: 'The bureau that reported it' },
  ),
  reference: Type.String({ description: 'The bureau’s own name for the run', example: 'RUN-2026-05' }),
  payDate: date('The day on which the employees are paid'),
  frequency: choice(payFrequencies, 'How often the employees are paid'),
  state: choice(payRunStates, 'Posted, waiting for an officer, refused by one, or withdrawn by the bureau'),
  receivedAt: instant('When it was reported'),
  payslips: Type.Integer({ minimum: 1, description: 'How many of its payslips you may see' }),
  gross: amount('Of these payslips together'),
  net: amount('Of these payslips together'),
  employerCosts: amount('Employer’s National Insurance and pension of these payslips together'),
  complete: Type.Boolean({ description: 'Whether these are all the payslips of the run' }),
};

export const payRun = component('PayRun', 'A pay run, with the totals of the payslips that you may see', runFields);
export const payRuns = page(payRun);

const payslip = component('Payslip', 'What an employee is paid for a period, and what it costs the budget', {
  id: id('The payslip'),
  position: Type.Integer({ minimum: 1, description: 'Its place in the run, from 1' }),
  budgetId: id('The budget that pays it'),
  designatedAccountId: id('The account that pays it'),
  payee: Type.Object(
    { id: id('The payee'), name: Type.String({ description: 'What the employee is called', example: 'Ben Brown' }) },
    { description: 'The employee' },
  ),
  employeeReference: nullable(
    Type.String({ description: 'The reference under which the bureau knows the employee', example: 'E7' }),
  ),
  niCategory: nullable(
    Type.String({ description: 'The National Insurance category, one capital letter', example: 'A' }),
  ),
  payDate: date('The day on which the employee is paid'),
  periodStart: date('The first day of the pay period'),
  periodEnd: date('The last day of the pay period'),
  datesWorked: Type.Array(date('A day'), { description: 'The days worked, where the bureau sent them' }),
  lines: Type.Array(
    Type.Object(
      {
        code: nullable(Type.String({ description: 'The bureau’s code', example: 'BASIC' })),
        description: Type.String({ description: 'What it is for', example: 'Basic pay' }),
        hours: nullable(decimal('How many hours', '12.5')),
        rate: nullable(decimal('Pounds an hour, with fractions of a penny where the bureau has them', '13.25')),
        amount: amount('Negative where earlier pay is corrected'),
      },
      { description: 'A line of pay' },
    ),
    { description: 'They sum to the gross' },
  ),
  reimbursements: Type.Array(
    Type.Object(
      {
        description: Type.String({ description: 'What it was for', example: 'Bus fares' }),
        amount: amount('What is paid back'),
      },
      { description: 'What the employee laid out' },
    ),
    { description: 'Paid with the net, and no part of the gross' },
  ),
  gross: amount('Pay before anything is taken from it'),
  deductions: Type.Object(
    {
      tax: amount('Income tax; negative where it is given back'),
      employeeNi: amount('Employee’s National Insurance'),
      studentLoan: amount('Repayment of a student loan'),
      employeePension: amount('Employee’s pension contribution'),
      attachment: amount('Attachment of earnings, by order of a court'),
    },
    { description: 'What is taken from the gross' },
  ),
  net: amount('What is paid to the employee: gross less deductions plus reimbursements'),
  employerNi: amount('Employer’s National Insurance'),
  employerPension: amount('Employer’s pension contribution'),
  employmentAllowance: amount('What the Employment Allowance takes off the employer’s National Insurance'),
  holidayAccrual: amount('Holiday earned and put by'),
  fee: amount('The bureau’s own fee, where the budget pays it'),
  streams: Type.Array(
    Type.Object(
      {
        stream: choice(fundingStreams, 'Whose money it is'),
        budgetLineId: nullable(id('The budget line that bears it')),
        outcomeId: nullable(id('The outcome of the plan that it serves')),
        cost: amount('What the stream bears of the whole cost'),
        net: amount('What the stream bears of the net pay'),
      },
      { description: 'The share of one stream' },
    ),
    { description: 'To the penny, as posted in the ledger or, while the run waits, as it would be' },
  ),
  journalId: nullable(id('The journal that accrued it; null where it cost nothing, or is not posted')),
  verdict: nullable(choice(verdicts, 'The strictest of its findings; null where it is not posted')),
  findings: Type.Array(finding, { description: 'What the spending rules say, the strictest first' }),
  warnings,
});

export const payRunDetail = component('PayRunDetail', 'A pay run with the payslips that you may see', {
  ...runFields,
  hold: nullable(
    Type.Object(
      {
        heldAt: instant('Since when'),
        reasons: holdReasons,
      },
      { description: 'Why it waited; null where it did not, and for families' },
    ),
  ),
  decision: nullable(
    Type.Object(
      {
        outcome: choice(decisionOutcomes, 'Accepted or refused by an officer, or withdrawn by the bureau'),
        by: nullable(
          Type.String({
            description: 'The officer, or the bureau; null where you may not know the officer’s name',
            example: 'Finn Finance',
          }),
        ),
        at: instant('When'),
        reasons: Type.String({ description: 'In the words of whoever decided' }),
      },
      { description: 'What became of a run that waited; null while it waits, where it never did, and for families' },
    ),
  ),
  items: Type.Array(payslip, { description: 'By their places in the run' }),
});
