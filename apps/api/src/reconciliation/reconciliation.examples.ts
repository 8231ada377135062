import { type ResponseOf } from '../http/schemas.js';
import type { allocated, statementLine } from './reconciliation.responses.js';
import type { AllocateDto } from './reconciliation.dto.js';

/** A line that a person allocated manually. Everybody in it is invented. */
export const manually: AllocateDto = {
  statementLineId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0001',
  parts: [{ amount: '-20.00', target: { type: 'budget-line', budgetLineId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0008' } }],
  reasons: 'Seen on the invoice',
};

/** Two suggestions that a person accepts as they stand. */
export const asSuggested: AllocateDto = {
  suggestionIds: ['01976e3a-5c00-7a10-8f01-3b1d5a7c000a', '01976e3a-5c00-7a10-8f01-3b1d5a7c000b'],
};

export const madeManually: ResponseOf<typeof allocated> = {
  allocations: [{ id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0007' }],
};

export const lineAllocated: ResponseOf<typeof statementLine> = {
  id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0001',
  designatedAccountId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0002',
  budgetId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0003',
  importId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0004',
  kind: 'LINE',
  date: '2026-05-05',
  amount: '-20.00',
  remaining: '0.00',
  description: 'CARD PAYMENT SWIM CLUB',
  bankId: null,
  balance: '460.00',
  originalAmount: null,
  originalCurrency: null,
  journalId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0005',
  state: 'ALLOCATED',
  verdict: 'allowed',
  findings: [],
  receipts: [{ id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0006', fileName: 'swimming.jpg', supplier: 'Swim Club' }],
  allocations: [
    {
      id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0007',
      amount: '-20.00',
      targetType: 'budget-line',
      targetId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0008',
      budgetId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0003',
      stream: 'EDU',
      budgetLineId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0008',
      budgetLineName: 'Swimming lessons',
      outcomeId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0009',
      reasons: 'Seen on the invoice',
      acceptedAt: '2026-05-06T09:30:00.000Z',
      acceptedBy: 'Freda Finch',
    },
  ],
  suggestions: [],
};
