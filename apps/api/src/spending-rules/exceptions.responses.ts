import { fundingStreams } from '@ringfence/kernel';
import { answer, date, id, instant, oneOf, orNull, page, sometimes, text, yesNo } from '../http/shapes.js';

export const exceptionApproved = answer('ExceptionApproved', 'An exception that was approved', {
  id: id('The exception'),
  retrospective: yesNo('Whether it begins before the day of its approval'),
});

export const exceptionApproval = answer(
  'ExceptionApproval',
  'A written exception to a rule, for one payee and dated days',
  {
    id: id('The exception'),
    budgetId: id('The budget'),
    rule: text('The code of the rule', 'HOUSEHOLD_FAMILY'),
    payeeId: id('The payee'),
    payeeName: text('What the payee is called'),
    stream: orNull(oneOf(fundingStreams, 'Whose money it is for; null for all')),
    approverId: sometimes(id('The officer who approved it')),
    approverName: sometimes(orNull(text('The name of the officer; null where you may not see it'))),
    approverRelationship: sometimes(text('What the approver is to the payee, in plain words', 'none')),
    reasons: sometimes(text('Why')),
    evidence: sometimes(text('What the approver saw')),
    conditions: orNull(text('What it depends on')),
    validFrom: date('The first day'),
    validTo: date('The last day on which it counts'),
    approvedTo: date('The last day as it was approved, before it was ended early'),
    retrospective: yesNo('Whether it begins before the day of its approval'),
    approvedAt: instant('When it was approved'),
    endedAt: orNull(instant('When it was ended early')),
    endReasons: sometimes(orNull(text('Why it was ended early'))),
  },
);
export const exceptionApprovals = page(exceptionApproval);
