import { samplePayslip, sampleRun } from '../payroll/sample-run.js';
import type { Ids } from './sample.js';

/** Bodies that a schema cannot say, because the operation takes one thing or another. */
export const writtenBodies: Readonly<Record<string, (ids: Ids) => object>> = {
  'POST /v1/allocations': (ids) => ({
    statementLineId: ids.get('statement_lines'),
    parts: [{ amount: '-1.00', target: { type: 'budget-line', budgetLineId: ids.get('budget_lines') } }],
    reasons: 'Seen on the invoice',
  }),
  'POST /v1/budgets/{id}/manual-journals': (ids) => ({
    effectiveDate: '2026-06-10',
    description: 'Swimming lessons, invoice 12',
    reason: 'The invoice came after the month was read.',
    entries: [
      { account: 'PROVISION', stream: 'EDU', amount: '40.00', budgetLineId: ids.get('budget_lines') },
      { account: 'SUPPLIER', stream: 'EDU', amount: '-40.00' },
    ],
  }),
  'POST /v1/role-grants': (ids) => ({ role: 'AUDITOR', personId: ids.get('people'), validFrom: '2026-06-15' }),
  'POST /v1/budgets/{id}/lines': (ids) => ({
    lines: [
      {
        agreementId: ids.get('agreements'),
        name: 'Swimming',
        stream: 'EDU',
        mechanism: 'DIRECT_PAYMENT',
        holder: 'FAMILY',
        planSection: 'F',
        amount: '12.00',
        startsOn: '2026-06-01',
        endsOn: '2026-06-30',
        outcomeIds: [ids.get('outcomes')],
      },
    ],
  }),
  'POST /v1/agreements/{id}/versions': () => ({
    validFrom: '2026-09-01',
    signedOn: '2026-06-10',
    reason: 'The review of June',
    changesServices: false,
  }),
  'POST /v1/policy-versions': () => ({
    name: 'Spending policy 2028',
    reasons: 'Cabinet decision of June 2026',
    validFrom: '2028-01-01',
    changes: [{ kind: 'switch-off', code: 'OPTICAL' }],
  }),
  'POST /v1/spend-checks': () => ({
    candidates: [
      {
        id: '1',
        date: '2026-05-29',
        amount: '23.40',
        stream: 'EDU',
        description: 'BOOTS 1437',
        planned: true,
        receipt: [{ description: 'Wet wipes', amount: '23.40' }],
        payee: { name: 'Boots', relationship: 'none', livesWithChild: [{ from: '2026-01-01', to: '2026-02-01' }] },
        approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Boots', from: '2026-01-01', to: '2026-02-01' }],
      },
    ],
  }),
  'POST /v1/exception-approvals': (ids) => ({
    budgetId: ids.get('budgets'),
    rule: 'HOUSEHOLD_FAMILY',
    payeeId: ids.get('payees'),
    reasons: 'The usual assistant is in hospital.',
    evidence: 'Assessment of 1 June 2026',
    validFrom: '2026-06-15',
    validTo: '2026-06-20',
  }),
  'POST /v1/designated-accounts': (ids) => ({
    kind: 'OWN_BANK',
    name: 'A second account',
    bankName: 'Barclays',
    sortCode: '200000',
    accountNumber: '12345678',
    openedOn: '2026-06-01',
    budgetIds: [ids.get('budgets')],
  }),
  'POST /v1/pay-runs': (ids) => sampleRun([samplePayslip(ids.get('budgets') ?? '')]),
};
