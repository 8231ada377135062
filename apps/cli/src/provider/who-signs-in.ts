import { nameCharactersMax, Problem } from '@ringfence/kernel';

export const passwordCharactersMin = 10;
export const passwordCharactersMax = 200;
export const secretCharactersMin = 20;
export const secretCharactersMax = 200;
export const emailCharactersMax = 254;
export const clientIdCharactersMax = 200;

/** As it is written on an envelope; whether it is theirs, the bundled provider does not ask. */
export function requireEmail(text: string): string {
  const good = /^[^\s@"<>]+@[^\s@"<>]+$/.test(text) && text.length <= emailCharactersMax;
  if (good) return text;
  throw Problem.field(
    '/email',
    `${JSON.stringify(text)} is not an email address: write one such as "ann@example.org".`,
  );
}

export function requireName(text: string): string {
  if (text.length <= nameCharactersMax && !/\p{Cc}/u.test(text)) return text;
  throw Problem.field('/name', `The name must be one line of at most ${nameCharactersMax} characters.`);
}

export function requirePassword(password: string): string {
  if (/\p{Cc}/u.test(password)) {
    throw Problem.field(
      '/password',
      'The password has a line break or another control character in it: leave that out.',
    );
  }
  return between(password, passwordCharactersMin, passwordCharactersMax, '/password', 'The password');
}

/** Letters, digits and signs of ASCII: RFC 6749, appendix A.1. */
export function requireClientId(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text) && text.length <= clientIdCharactersMax) return text;
  throw Problem.field(
    '/clientId',
    `${JSON.stringify(text)} is not a client id: write at most ${clientIdCharactersMax} letters, digits and signs of ASCII without blanks.`,
  );
}

/** RFC 6749, appendix A.2. */
export function requireSecret(secret: string): string {
  if (!/^[\x21-\x7e]*$/.test(secret)) {
    throw Problem.field('/secret', 'The secret must be letters, digits and signs of ASCII without blanks.');
  }
  return between(secret, secretCharactersMin, secretCharactersMax, '/secret', 'The secret');
}

/** Says how long it is, and nothing else of it. */
function between(text: string, least: number, most: number, pointer: string, what: string): string {
  if (text.length >= least && text.length <= most) return text;
  throw Problem.field(pointer, `${what} has ${text.length} characters: it must have ${least} to ${most}.`);
}
