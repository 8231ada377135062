import { invitationStates } from '@ringfence/identity';
import { Type } from 'typebox';
import { choice, component, id, instant, nullable, page } from '../http/schemas.js';

export const receivedInvitations = page(
  component('ReceivedInvitation', 'An authority that has invited the bearer of the token', {
    id: id('The invitation'),
    authorityId: id('The authority'),
    authorityName: Type.String({ description: 'What the authority is called', example: 'Fernshire Council' }),
    knownAs: Type.String({ description: 'The name under which the authority has recorded the bearer' }),
    organisationName: nullable(Type.String({ description: 'The organisation that the bearer works for, as recorded' })),
    state: choice(['OPEN', 'ACCEPTED'], 'Open until the bearer accepts or refuses'),
    invitedAt: instant('When'),
  }),
);

export const sentInvitations = page(
  component('SentInvitation', 'An invitation as the authority sees it', {
    id: id('The invitation'),
    issuer: Type.String({ description: 'The OpenID Connect issuer' }),
    identity: Type.String({ description: 'The subject of a person, or the client id of a machine' }),
    state: choice(invitationStates, 'LEFT: it was accepted, and its owner has ended that since'),
    invitedBy: id('Who sent it'),
    invitedAt: instant('When'),
    acceptedAt: nullable(instant('When its owner accepted')),
    endedAt: nullable(instant('When it was refused or withdrawn, or when its owner left')),
  }),
);
