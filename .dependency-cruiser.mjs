/** The libraries in their order: each may use those before it, and none after it. */
const libs = [
  'kernel',
  'platform',
  'identity',
  'ledger',
  'budgets',
  'spending-rules',
  'statement-files',
  'statements',
  'evidence',
  'payroll',
  'reconciliation',
  'reviews',
  'decisions',
  'reporting',
];

const test = '[.]spec[.]ts$';

const downTheList = libs.slice(0, -1).map((lib, order) => ({
  name: `${lib}-looks-down-only`,
  comment: `The order of the libraries keeps the whole free of circles: ${lib} may use only ${libs.slice(0, order).join(', ') || 'no other lib'}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: `^libs/(${libs.slice(order + 1).join('|')})/` },
}));

/** Folders of a library in the order in which they may use each other: each those before it, and none after it. */
const folders = {
  'spending-rules': ['text', 'registers', 'engine', 'policy', 'exceptions', 'verdicts'],
  'statement-files': ['core', 'formats'],
  statements: ['records', 'reading', 'duplicates', 'continuity', 'account-warnings', 'layouts', 'imports'],
};

const foldersPointOneWay = Object.entries(folders).flatMap(([lib, order]) =>
  order.slice(0, -1).map((folder, at) => ({
    name: `${lib}-${folder}-points-one-way`,
    comment: `The folders of ${lib} are in an order, so that one can be read without the next: ${folder} may use only ${order.slice(0, at).join(', ') || 'no other folder'}.`,
    severity: 'error',
    from: { path: `^libs/${lib}/src/${folder}/`, pathNot: test },
    to: { path: `^libs/${lib}/src/((${order.slice(at + 1).join('|')})/|[^/]+$)` },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...downTheList,
    ...foldersPointOneWay,
    {
      name: 'a-format-reads-by-itself',
      comment: 'What two formats need is in core; only spreadsheets are read by the layouts of CSV.',
      severity: 'error',
      from: { path: '^libs/statement-files/src/formats/([^/]+)/', pathNot: test },
      to: { path: '^libs/statement-files/src/formats/', pathNot: '^libs/statement-files/src/formats/($1|csv)/' },
    },
    {
      name: 'a-lib-is-on-the-list',
      comment:
        'A lib that is not on the list of .dependency-cruiser.mjs would escape its rules: give it a place there.',
      severity: 'error',
      from: { path: `^libs/(?!(${libs.join('|')})/)` },
      to: {},
    },
    {
      name: 'through-the-face-only',
      comment:
        'What index.ts does not export is a lib’s own affair and may change without asking: import @ringfence/<lib>.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: '^libs/($1/|[^/]+/src/index[.]ts$)' },
    },
    {
      name: 'apps-through-the-face-only',
      comment:
        'What index.ts does not export is a lib’s own affair and may change without asking: import @ringfence/<lib>.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index[.]ts$' },
    },
    {
      name: 'libs-know-no-apps',
      comment: 'Apps translate a protocol and hold no rule, so a lib finds nothing to use in them.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-know-no-other-app',
      comment: 'Each app is deployed by itself; what two of them need belongs in a lib.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-circles',
      comment: 'Files that need each other, even for a type, cannot be read, tested or moved one at a time.',
      severity: 'error',
      from: { pathNot: test },
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules of the field are pure functions that can be read and tested without a framework or a database.',
      severity: 'error',
      from: { path: '^libs/([^/]+/src/[^.]*domain|spending-rules/src/(text|engine))/' },
      to: { path: 'node_modules/(@nestjs|@fastify|fastify|typeorm|pg|bullmq|ioredis)/' },
    },
    {
      name: 'domain-does-not-know-its-services',
      comment:
        'A lib’s services call its domain, never the other way: the domain would drag in SQL and Nest with them.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/[^.]*domain/', pathNot: test },
      to: { path: '^libs/$1/src/', pathNot: '^libs/$1/src/[^.]*domain/' },
    },
    {
      name: 'kernel-and-readers-know-no-framework',
      comment:
        'Money, dates and problems are used everywhere, also where there is no framework and no database; files are read in a program that has neither.',
      severity: 'error',
      from: { path: '^libs/(kernel|statement-files)/' },
      to: { path: 'node_modules/(@nestjs|@fastify|fastify|typeorm|pg|bullmq|ioredis)/' },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'Specs and their tools are not built.',
      severity: 'error',
      from: { pathNot: test },
      to: { path: `${test}|^test/` },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: 'The production image is installed without them; `ringfence dev` runs in a clone, which has them.',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: [test, '^apps/cli/src/start/watch-sources[.]ts$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      comment: 'A file that cannot be found hides what it would break, and the other rules cannot see through it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Scripts under apps/web/src/styles are sent to browsers as they are, and import what the browser finds.
    exclude: { path: '(^|/)(dist|[.]ringfence)/|^apps/web/src/styles/' },
    // dependency-cruiser 16 does not read with TypeScript 6; swc reads the same imports, types' included.
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
    webpackConfig: { fileName: '.dependency-cruiser-resolve.cjs' },
  },
};
