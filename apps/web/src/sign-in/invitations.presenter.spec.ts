import { presentInvitations } from './invitations.presenter.js';

const invitation = {
  id: 'one',
  authorityId: 'oakshire',
  authorityName: 'Oakshire County Council',
  knownAs: 'Rosa Reed',
  organisationName: null,
  state: 'OPEN' as const,
  invitedAt: new Date('2026-06-15T09:00:00Z'),
};

describe('the page of invitations', () => {
  it('says who invites, and under which name', () => {
    const page = presentInvitations([invitation]);
    expect(page.title).toBe('Oakshire County Council has invited you');
    expect(page.invitations[0]!.sentence).toBe('Oakshire County Council would like to let you in as Rosa Reed.');
  });

  it('names the organisation of somebody who works for one', () => {
    const page = presentInvitations([{ ...invitation, organisationName: 'Fairpay Bureau' }]);
    expect(page.invitations[0]!.sentence).toBe(
      'Oakshire County Council would like to let you in as Rosa Reed of Fairpay Bureau.',
    );
  });

  it('keeps apart what is open and what was accepted', () => {
    const page = presentInvitations([
      { ...invitation, state: 'ACCEPTED' },
      { ...invitation, id: 'two' },
    ]);
    expect([page.accepted.map(({ id }) => id), page.invitations.map(({ id }) => id)]).toEqual([['one'], ['two']]);
  });
});
