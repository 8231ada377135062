import { lapsedSessionHoursMax, sessionOf } from './session-store.js';

const hour = 3_600_000;
const signedIn = { issuer: 'i', subject: 's', authorityId: null, idToken: 't' };
const ended = 10 * hour;
const row = (content: object, active: boolean) =>
  ({ content: { cookie: {}, _csrf: 'secret', ...content }, expires_at: new Date(ended), active }) as never;

describe('A session', () => {
  it('that is active is as it was kept', () => {
    expect(sessionOf(row({ signedIn, flash: 'Done.' }, true), ended - hour)).toEqual({
      ...{ cookie: {}, _csrf: 'secret' },
      ...{ signedIn, flash: 'Done.' },
    });
  });

  it('that has lapsed signs nobody in: it says who it was, and can tell a forged form from a true one', () => {
    expect(sessionOf(row({ signedIn, flash: 'Done.' }, false), ended + hour)).toEqual({
      ...{ cookie: {}, _csrf: 'secret' },
      lapsed: { signedIn, until: ended + lapsedSessionHoursMax * hour },
    });
  });

  it('does not lapse for longer by being used', () => {
    const lapsed = { signedIn, until: ended + hour };
    expect(sessionOf(row({ lapsed }, true), ended)).toMatchObject({ lapsed });
    expect(sessionOf(row({ lapsed }, true), ended + hour)).toEqual({ cookie: {}, _csrf: 'secret' });
    expect(sessionOf(row({ lapsed }, false), ended + hour)).toBeNull();
  });

  it('that nobody was signed in to is gone when it ends', () => {
    expect(sessionOf(row({ flash: 'Done.' }, false), ended + 1)).toBeNull();
  });
});
