import { proposalStates, roles } from '@ringfence/identity';
import { Type } from 'typebox';
import { choice, component, date, id, instant, nullable, page } from '../http/schemas.js';

const granted = {
  personId: nullable(id('The person who has the role')),
  apiClientId: nullable(id('The API client that has it')),
  role: choice(roles, 'What they may do'),
  budgetId: nullable(id('The budget that the role is for; null for the whole authority')),
  validFrom: date('The first day'),
  validTo: nullable(date('The last day; null while it runs on')),
};

const grantFields = {
  id: id('The grant'),
  ...granted,
  grantedBy: id('Who gave it; an operator’s own id where the authority was set up with it'),
  grantedOn: date('The day on which it was given'),
  approvedBy: nullable(id('The second person, where it began before it was given')),
};

export const roleGrant = component('RoleGrant', 'A role from a day to a day', grantFields);
export const roleGrants = page(roleGrant);

export const roleGrantWithHistory = component('RoleGrantWithHistory', 'A grant with what has happened to it', {
  ...grantFields,
  events: Type.Array(
    Type.Object(
      {
        event: choice(['GIVEN', 'ENDED'], 'It was given, or its end was brought forward'),
        by: id('Who did it'),
        approvedBy: nullable(id('The second person')),
        at: instant('When'),
        validFrom: date('The first day'),
        validTo: nullable(date('The last day as this left it')),
      },
      { description: 'What happened' },
    ),
    { description: 'The earliest first' },
  ),
});

export const proposal = component(
  'RoleGrantProposal',
  'A grant for days that have passed, which a second person decides',
  {
    id: id('The proposal'),
    ...granted,
    reason: Type.String({ description: 'Why it begins before it was proposed' }),
    state: choice(proposalStates, 'Only an approved one is a grant'),
    proposedBy: id('Who proposed it'),
    proposedAt: instant('When'),
    decidedBy: nullable(id('Who decided, or withdrew it')),
    decidedAt: nullable(instant('When')),
    grantId: nullable(id('The grant that it has become')),
  },
);
export const proposals = page(proposal);
