import { invitationStates } from '@ringfence/identity';
import { answer, id, instant, oneOf, orNull, page, text } from '../http/shapes.js';

export const receivedInvitations = page(
  answer('ReceivedInvitation', 'An authority that has invited the bearer of the token', {
    id: id('The invitation'),
    authorityId: id('The authority'),
    authorityName: text('What the authority is called', 'Fernshire Council'),
    knownAs: text('The name under which the authority has recorded the bearer'),
    organisationName: orNull(text('The organisation that the bearer works for, as recorded')),
    state: oneOf(['OPEN', 'ACCEPTED'], 'Open until the bearer accepts or refuses'),
    invitedAt: instant('When'),
  }),
);

export const sentInvitations = page(
  answer('SentInvitation', 'An invitation as the authority sees it', {
    id: id('The invitation'),
    issuer: text('The OpenID Connect issuer'),
    identity: text('The subject of a person, or the client id of a machine'),
    state: oneOf(invitationStates, 'LEFT: it was accepted, and its owner has ended that since'),
    invitedBy: id('Who sent it'),
    invitedAt: instant('When'),
    acceptedAt: orNull(instant('When its owner accepted')),
    endedAt: orNull(instant('When it was refused or withdrawn, or when its owner left')),
  }),
);
