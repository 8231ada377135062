import { consentDecisions, consentRoles, consentSubjects } from '@ringfence/spending-rules';
import { answer, date, id, oneOf, orNull, page, text } from '../http/shapes.js';

export const consentAsked = answer('PremisesConsentAsked', 'That a school was asked', {
  id: id('The consent'),
  answerBy: date('The last day on which the school may answer'),
});

export const premisesConsent = answer('PremisesConsent', 'What a school was asked to agree to, and what it answered', {
  id: id('The consent'),
  budgetId: id('The budget'),
  payeeId: id('Who works there'),
  payeeName: text('What the payee is called'),
  about: oneOf(consentSubjects, 'Work on its premises, or the use of its own money'),
  setting: text('The school, college or nursery'),
  provision: text('What is to be provided there'),
  payments: text('How much is paid and when, as the school was told'),
  toldOn: date('The day on which the school was told'),
  answerBy: date('The last day on which it may answer'),
  validFrom: date('The first day that it covers'),
  validTo: date('The last day that it covers'),
  decision: orNull(oneOf(consentDecisions, 'What the school answered; null while it has not')),
  decidedOn: orNull(date('The day of the letter')),
  decidedByName: orNull(text('Who answered for the school')),
  decidedByRole: orNull(oneOf(consentRoles, 'In which office')),
  evidence: orNull(text('Where the writing is')),
  state: oneOf(
    ['WAITING', 'OVERDUE', 'GIVEN', 'REFUSED', 'ENDED'],
    'How it stands today: no answer within the school’s days is not a consent',
  ),
});
export const premisesConsents = page(premisesConsent);
