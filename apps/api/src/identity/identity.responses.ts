import { roles } from '@ringfence/identity';
import { Type } from 'typebox';
import { choice, component, date, id, nullable, page } from '../http/schemas.js';

export const bearer = component('Bearer', 'Who a token stands for in one authority', {
  authorityId: id('The authority'),
  authorityName: Type.String({ description: 'What the authority is called', example: 'Fernshire Council' }),
  kind: choice(['person', 'client'], 'Somebody who signed in, or the machine of an organisation'),
  id: id('The person or the API client'),
  name: Type.String({ description: 'What the person or the API client is called' }),
  organisationId: nullable(id('The organisation of an API client')),
  grants: Type.Array(
    Type.Object(
      {
        role: choice(roles, 'What the bearer may do'),
        budgetId: nullable(id('The budget that the role is for; null for the whole authority')),
        validFrom: date('The first day'),
        validTo: nullable(date('The last day; null while it runs on')),
      },
      { description: 'A role from a day to a day' },
    ),
    { description: 'Every grant, those that have ended and those to come too' },
  ),
  today: date('The day on which the grants are read, in the United Kingdom'),
});

export const person = component('Person', 'Somebody known to the authority', {
  id: id('The person'),
  name: Type.String({ description: 'The whole name' }),
  email: nullable(Type.String({ description: 'Where notices go', example: 'somebody@example.org' })),
  dateOfBirth: nullable(date('Known for children')),
  organisationId: nullable(id('The organisation for which the person works')),
});
export const people = page(person);

export const organisation = component('Organisation', 'An organisation with its API clients', {
  id: id('The organisation'),
  apiClients: Type.Array(
    Type.Object(
      {
        id: id('The API client, to which roles are granted'),
        clientId: Type.String({ description: 'The id that the issuer of its tokens knows it by' }),
      },
      { description: 'A machine that may ask for tokens' },
    ),
    { description: 'In the order in which they were sent' },
  ),
});
