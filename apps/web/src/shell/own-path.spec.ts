import fc from 'fast-check';
import { ownPath, returnPathCharactersMax } from './own-path.js';

const web = 'https://pages.example';
const seed = Number(process.env['RINGFENCE_TEST_SEED'] ?? Date.now() % 1_000_000_000);

describe('The path to return to after signing in', () => {
  it.each([
    '/',
    '/home',
    '/budgets/0190f0f0-0000-7000-8000-000000000001?show=open&after=a%2Fb#lines',
    '/work-list?text=%C3%A9t%C3%A9',
  ])('is kept where it is one of ours: %s', (path) => expect(ownPath(path, web)).toBe(path));

  it('is taken out of an address of ours, and is written as a browser writes it', () => {
    expect(ownPath('https://pages.example/home', web)).toBe('/home');
    expect(ownPath('/budgets/../home', web)).toBe('/home');
    expect(ownPath('/budgets\\x', web)).toBe('/budgets/x');
    // A scheme that is the page's own says nothing: what follows is a path.
    expect(ownPath('https:evil.example', web)).toBe('/evil.example');
  });

  it.each([
    ['dot segments that leave two slashes', '/..//evil.example'],
    ['dot segments written with escapes', '/%2e%2e//evil.example'],
    ['one dot segment', '/.//evil.example'],
    ['a later dot segment', '/home/..//evil.example'],
    ['a host without a scheme', '//evil.example'],
    ['a host behind a backslash', '/\\evil.example'],
    ['a host behind two backslashes', '\\\\evil.example'],
    ['a tab', '/\t/evil.example'],
    ['a line break', '/\n/evil.example'],
    ['a carriage return in front of a host', '/\r\\evil.example'],
    ['blanks in front', '  //evil.example'],
    ['another site', 'https://evil.example/'],
    ['another scheme without slashes', 'http:evil.example'],
    ['our host as somebody’s name', 'https://pages.example@evil.example/'],
    ['a name in front of our host', 'https://evil@pages.example/home'],
    ['our host with more behind', 'https://pages.example.evil.example/'],
    ['our host without TLS', 'http://pages.example/home'],
    ['another port', 'https://pages.example:8443/home'],
    ['a script', 'javascript:alert(1)'],
    ['escaped slashes', '/%2f%2fevil.example'],
    ['slashes that were escaped twice', '/%252f%252fevil.example'],
    ['an escaped backslash', '/%5cevil.example'],
    ['escaped dot segments behind an escaped slash', '/x/..%2f..%2f/evil.example'],
    ['an escape that is none', '/%zz'],
    ['nothing', ''],
    ['more than a path can be', `/${'a'.repeat(returnPathCharactersMax)}`],
  ])('is home for %s', (_, path) => expect(ownPath(path, web)).toBe('/'));

  it.each([undefined, null, 7, ['/home'], { path: '/home' }])('is home where it is no text: %p', (given) =>
    expect(ownPath(given, web)).toBe('/'),
  );

  it(`never leads to another origin, whatever is sent (seed ${seed})`, () => {
    const piece = fc.constantFrom(
      ...[
        '/',
        '//',
        '\\',
        '.',
        '..',
        '%2e',
        '%2E%2e',
        '%2f',
        '%5c',
        '%252f',
        '\t',
        '\n',
        '\r',
        ' ',
        '@',
        ':',
        '?',
        '#',
      ],
      ...[
        'evil.example',
        'pages.example',
        'https:',
        'http:',
        'javascript:',
        '%00',
        '\0',
        '\u2028',
        '／',
        '。',
        '\ud800',
      ],
      ...['home', ';', '&', '=', '%', '[', '[::1]', '127.0.0.1', '%09', 'xn--'],
    );
    const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const text = fc.oneof(
      { weight: 8, arbitrary: hostile },
      { weight: 1, arbitrary: hostile.map((rest) => `/${rest}`) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
      { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
    );
    fc.assert(
      fc.property(text, (to) => {
        const path = ownPath(to, web);
        for (const page of [`${web}/sign-in/callback`, `${web}/`, `${web}/a/b?c#d`]) {
          expect(new URL(path, page).origin).toBe(web);
        }
        expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
        expect(ownPath(path, web)).toBe(path);
      }),
      { seed, numRuns: 5_000 },
    );
  });
});
