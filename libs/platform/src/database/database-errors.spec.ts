import { Problem } from '@ringfence/kernel';
import { commitUnanswered, isDatabaseAway, postgresCode, problemOfDatabase } from './database-errors.js';

const coded = (code: string, message = 'inside: table people, constraint people_pkey'): Error =>
  Object.assign(new Error(message), { code });

describe('an error that says that the database is away', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08006', '08P01', '53300'])(
    'is one with the code %s, also where TypeORM or an attempt at several addresses holds it',
    (code) => {
      expect(isDatabaseAway(coded(code))).toBe(true);
      expect(isDatabaseAway({ driverError: coded(code) })).toBe(true);
      expect(isDatabaseAway(new AggregateError([coded(code), coded(code)]))).toBe(true);
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])('is the sentence of pg "%s"', (sentence) => {
    expect(isDatabaseAway(new Error(sentence))).toBe(true);
  });

  it('is none about what was asked, and none of another server', () => {
    for (const error of [coded('23505'), coded('57014'), new Problem('conflict', 'It is there.'), undefined, 'text']) {
      expect(isDatabaseAway(error)).toBe(false);
    }
    expect(isDatabaseAway(new TypeError('fetch failed', { cause: coded('ECONNREFUSED') }))).toBe(false);
  });

  it('is answered with 503: nothing was changed, or, where COMMIT had been sent, nobody knows', () => {
    expect(problemOfDatabase(coded('57P01'))).toMatchObject({
      kind: 'away',
      problem: {
        code: 'unavailable',
        message: 'The database does not answer just now; nothing was changed. Try again in a moment.',
      },
    });
    const late = coded('ECONNRESET');
    commitUnanswered(late);
    expect(problemOfDatabase(late)?.problem.message).toBe(
      'The database stopped answering while this was being kept, so it may or may not have been kept: look, or send the same request again with the same key, which keeps it once.',
    );
  });
});

describe('an error about what was asked, which a rule has let through,', () => {
  it.each([
    [
      '23503',
      'invalid-request',
      'The request names something that is not there, or that you cannot see: check its ids.',
    ],
    [
      '23505',
      'conflict',
      'Something with the same name, number or days is already recorded: read what is there first.',
    ],
    ['23502', 'invalid-request', 'The request has values that do not go together, or one is missing: check them.'],
    ['23514', 'invalid-request', 'The request has values that do not go together, or one is missing: check them.'],
    ['23P01', 'invalid-request', 'The request has values that do not go together, or one is missing: check them.'],
    ['22P02', 'invalid-request', 'The request has a value that is not written as its field needs it: check them.'],
    ['22001', 'invalid-request', 'The request has a text that is too long, or nested too deep: shorten it.'],
    ['54000', 'invalid-request', 'The request has a text that is too long, or nested too deep: shorten it.'],
    ['22003', 'invalid-request', 'The request has a number beyond what its field can hold: check the numbers.'],
    ['22007', 'invalid-request', 'The request has a day or a time that cannot be kept: check the dates.'],
    ['22008', 'invalid-request', 'The request has a day or a time that cannot be kept: check the dates.'],
    ['22021', 'malformed-request', 'The request has a text with a character that cannot be kept: remove it.'],
    ['22P05', 'malformed-request', 'The request has a text with a character that cannot be kept: remove it.'],
  ])('with the code %s is %s, and tells nothing of the inside', (code, type, words) => {
    expect(problemOfDatabase(coded(code))).toMatchObject({
      kind: 'let-through',
      problem: { code: type, message: words },
    });
  });

  it('means nothing to the caller where it is a fault of ours', () => {
    for (const code of ['42601', '42501', 'XX000', '40001']) expect(problemOfDatabase(coded(code))).toBeUndefined();
  });
});

describe('the code of an error', () => {
  it('is PostgreSQL’s, and never Node’s', () => {
    expect([postgresCode(coded('23505')), postgresCode({ driverError: coded('RF003') })]).toEqual(['23505', 'RF003']);
    expect(postgresCode(coded('EPIPE'))).toBeUndefined();
  });
});
