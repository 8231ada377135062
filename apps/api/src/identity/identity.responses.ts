import { roles } from '@ringfence/identity';
import { answer, date, group, id, list, oneOf, orNull, page, text } from '../http/shapes.js';

export const bearer = answer('Bearer', 'Who a token stands for in one authority', {
  authorityId: id('The authority'),
  authorityName: text('What the authority is called', 'Fernshire Council'),
  kind: oneOf(['person', 'client'], 'Somebody who signed in, or the machine of an organisation'),
  id: id('The person or the API client'),
  name: text('What the person or the API client is called'),
  organisationId: orNull(id('The organisation of an API client')),
  grants: list(
    group('A role from a day to a day', {
      role: oneOf(roles, 'What the bearer may do'),
      budgetId: orNull(id('The budget that the role is for; null for the whole authority')),
      validFrom: date('The first day'),
      validTo: orNull(date('The last day; null while it runs on')),
    }),
    'Every grant, those that have ended and those to come too',
  ),
  today: date('The day on which the grants are judged, in the United Kingdom'),
});

export const person = answer('Person', 'Somebody known to the authority', {
  id: id('The person'),
  name: text('The whole name'),
  email: orNull(text('Where notices go', 'somebody@example.org')),
  dateOfBirth: orNull(date('Known for children')),
  organisationId: orNull(id('The organisation for which the person works')),
});
export const people = page(person);

export const organisation = answer('Organisation', 'An organisation with its API clients', {
  id: id('The organisation'),
  apiClients: list(
    group('A machine that may ask for tokens', {
      id: id('The API client, to which roles are granted'),
      clientId: text('The id that the issuer of its tokens knows it by'),
    }),
    'In the order in which they were sent',
  ),
});
