import { neededFor } from './changes.js';

describe('changed files', () => {
  it.each([
    ['a page', ['apps/web/src/home/home.controller.ts'], { restart: ['web'] }],
    ['a library', ['libs/ledger/src/post.ts', 'libs/ledger/src/post.spec.ts'], { restart: ['api', 'web', 'worker'] }],
    ['a migration', ['migrations/0001.sql'], { migrate: true, restart: ['api', 'web', 'worker'] }],
    ['the styles', ['apps/web/src/styles/web.scss'], { styles: true, restart: ['web'] }],
    ['a template, a spec or a README', ['apps/web/src/home/home.njk', 'libs/a.spec.ts', 'libs/README.md'], {}],
  ])('of %s need what reads them', (_, paths, needed) =>
    expect(neededFor(paths)).toEqual({ migrate: false, styles: false, restart: [], ...needed }),
  );
});
