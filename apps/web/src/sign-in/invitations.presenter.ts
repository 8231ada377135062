import type { ReceivedInvitation } from '@ringfence/identity';
import { definePage, type PageModel } from '../shell/render.js';

export interface InvitationsPage extends PageModel {
  readonly invitations: readonly { readonly id: string; readonly sentence: string; readonly authorityName: string }[];
  readonly accepted: readonly { readonly id: string; readonly authorityName: string }[];
}

export const invitationsPage = definePage<InvitationsPage>('sign-in/invitations');

export function presentInvitations(received: readonly ReceivedInvitation[]): InvitationsPage {
  const open = received.filter(({ state }) => state === 'OPEN');
  const [first] = open;
  return {
    title: first && open.length === 1 ? `${first.authorityName} has invited you` : 'Your invitations',
    invitations: open.map(({ id, authorityName, knownAs, organisationName }) => ({
      id,
      authorityName,
      sentence: `${authorityName} would like to let you in as ${knownAs}${organisationName ? ` of ${organisationName}` : ''}.`,
    })),
    accepted: received
      .filter(({ state }) => state === 'ACCEPTED')
      .map(({ id, authorityName }) => ({ id, authorityName })),
  };
}
