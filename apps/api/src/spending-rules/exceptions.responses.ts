import { fundingStreams } from '@ringfence/kernel';
import { Type } from 'typebox';
import { choice, component, date, id, instant, nullable, page } from '../http/schemas.js';

export const exceptionApproved = component('ExceptionApproved', 'An exception that was approved', {
  id: id('The exception'),
  retrospective: Type.Boolean({ description: 'Whether it begins before the day of its approval' }),
});

export const exceptionApproval = component(
  'ExceptionApproval',
  'A written exception to a rule, for one payee and dated days',
  {
    id: id('The exception'),
    budgetId: id('The budget'),
    rule: Type.String({ description: 'The code of the rule', example: 'HOUSEHOLD_FAMILY' }),
    payeeId: id('The payee'),
    payeeName: Type.String({ description: 'What the payee is called' }),
    stream: nullable(choice(fundingStreams, 'Whose money it is for; null for all')),
    approverId: Type.Optional(id('The officer who approved it')),
    approverName: Type.Optional(
      nullable(Type.String({ description: 'The name of the officer; null where you may not see it' })),
    ),
    approverRelationship: Type.Optional(
      Type.String({ description: 'What the approver is to the payee, in plain words', example: 'none' }),
    ),
    reasons: Type.Optional(Type.String({ description: 'Why' })),
    evidence: Type.Optional(Type.String({ description: 'What the approver saw' })),
    conditions: nullable(Type.String({ description: 'What it depends on' })),
    validFrom: date('The first day'),
    validTo: date('The last day on which it counts'),
    approvedTo: date('The last day as it was approved, before it was ended early'),
    retrospective: Type.Boolean({ description: 'Whether it begins before the day of its approval' }),
    approvedAt: instant('When it was approved'),
    endedAt: nullable(instant('When it was ended early')),
    endReasons: Type.Optional(nullable(Type.String({ description: 'Why it was ended early' }))),
  },
);
export const exceptionApprovals = page(exceptionApproval);
