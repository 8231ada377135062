import { consentDecisions, consentRoles, consentSubjects } from '@ringfence/spending-rules';
import { Type } from 'typebox';
import { choice, component, date, id, nullable, page } from '../http/schemas.js';

export const consentAsked = component('PremisesConsentAsked', 'That a school was asked', {
  id: id('The consent'),
  answerBy: date('The last day on which the school may answer'),
});

export const premisesConsent = component(
  'PremisesConsent',
  'What a school was asked to agree to, and what it answered',
  {
    id: id('The consent'),
    budgetId: id('The budget'),
    payeeId: id('Who works there'),
    payeeName: Type.String({ description: 'What the payee is called' }),
    about: choice(consentSubjects, 'Work on its premises, or the use of its own money'),
    setting: Type.String({ description: 'The school, college or nursery' }),
    provision: Type.String({ description: 'What is to be provided there' }),
    payments: Type.String({ description: 'How much is paid and when, as the school was told' }),
    toldOn: date('The day on which the school was told'),
    answerBy: date('The last day on which it may answer'),
    validFrom: date('The first day that it covers'),
    validTo: date('The last day that it covers'),
    decision: nullable(choice(consentDecisions, 'What the school answered; null while it has not')),
    decidedOn: nullable(date('The day of the letter')),
    decidedByName: nullable(Type.String({ description: 'Who answered for the school' })),
    decidedByRole: nullable(choice(consentRoles, 'In which office')),
    evidence: nullable(Type.String({ description: 'Where the writing is' })),
    state: choice(
      ['WAITING', 'OVERDUE', 'GIVEN', 'REFUSED', 'ENDED'],
      'How it stands today: no answer within the school’s days is not a consent',
    ),
  },
);
export const premisesConsents = page(premisesConsent);
