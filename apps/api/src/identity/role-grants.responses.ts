import { proposalStates, roles } from '@ringfence/identity';
import { answer, date, group, id, instant, list, oneOf, orNull, page, text } from '../http/shapes.js';

const granted = {
  personId: orNull(id('The person who has the role')),
  apiClientId: orNull(id('The API client that has it')),
  role: oneOf(roles, 'What they may do'),
  budgetId: orNull(id('The budget that the role is for; null for the whole authority')),
  validFrom: date('The first day'),
  validTo: orNull(date('The last day; null while it runs on')),
};

const grantFields = {
  id: id('The grant'),
  ...granted,
  grantedBy: id('Who gave it; an operator’s own id where the authority was set up with it'),
  grantedOn: date('The day on which it was given'),
  approvedBy: orNull(id('The second person, where it began before it was given')),
};

export const roleGrant = answer('RoleGrant', 'A role from a day to a day', grantFields);
export const roleGrants = page(roleGrant);

export const roleGrantWithHistory = answer('RoleGrantWithHistory', 'A grant with what has happened to it', {
  ...grantFields,
  events: list(
    group('What happened', {
      event: oneOf(['GIVEN', 'ENDED'], 'It was given, or its end was brought forward'),
      by: id('Who did it'),
      approvedBy: orNull(id('The second person')),
      at: instant('When'),
      validFrom: date('The first day'),
      validTo: orNull(date('The last day as this left it')),
    }),
    'The earliest first',
  ),
});

export const proposal = answer(
  'RoleGrantProposal',
  'A grant for days that have passed, which a second person decides',
  {
    id: id('The proposal'),
    ...granted,
    reason: text('Why it begins before it was proposed'),
    state: oneOf(proposalStates, 'Only an approved one is a grant'),
    proposedBy: id('Who proposed it'),
    proposedAt: instant('When'),
    decidedBy: orNull(id('Who decided, or took it back')),
    decidedAt: orNull(instant('When')),
    grantId: orNull(id('The grant that it has become')),
  },
);
export const proposals = page(proposal);
