import tseslint from 'typescript-eslint';

/** Rules that catch faults, not tastes: the layout is Prettier's, the types are the compiler's. */
const noProcessEnv = {
  object: 'process',
  property: 'env',
  message: 'Settings are read in libs/platform/src/config.ts alone, where they are validated and documented.',
};
const noProcessImports = ['process', 'node:process'].map((name) => ({
  name,
  importNames: ['env'],
  message: noProcessEnv.message,
}));
const noValidateNested = {
  name: 'class-validator',
  importNames: ['ValidateNested'],
  message: 'By itself it lets lists in lists and fields that are left out pass: ObjectField and ObjectsField do not.',
};
const noParseFloat = 'Money is never a float: penceFromText of @ringfence/kernel reads an amount.';
const only = ['describe', 'it', 'test'].map((object) => ({
  object,
  property: 'only',
  message: 'It would leave out the other tests.',
}));
/** A bare pool or client ends the process by an `error` event that nobody hears, and its end is not that of its connections. */
const noBareConnections = {
  selector: "NewExpression[callee.object.name='pg'][callee.property.name=/^(Pool|Client)$/]",
  message: 'Use Pool or newClient of @ringfence/platform, whose errors cannot end the process.',
};
/** Transactions are begun and ended in one place, under a context; what stands outside every authority has one name. */
const noOwnTransactions = [
  {
    selector: 'MemberExpression[property.name=/^(dataSource|createQueryRunner|startTransaction)$/]',
    message: 'Use Database: transaction, once, underSession, or untenanted for what belongs to no authority.',
  },
  {
    selector:
      ':matches(Property[key.name=/^(isTransactionActive|transactionDepth)$/], MemberExpression[property.name=/^(isTransactionActive|transactionDepth)$/])',
    message: 'The state of a transaction is TypeORM’s own: nobody else reads or writes it.',
  },
];
/** Names that say nothing: docs/developing.md has what a class is called instead. */
const noEmptyNames = {
  selector: 'ClassDeclaration[id.name=/(Service|Manager|Helper|Utils?|Processor)$/]',
  message: 'Name a class for what it does (a verb) or for what it reads or keeps (a noun).',
};
const noBareImports = {
  name: 'pg',
  importNames: ['Pool', 'Client'],
  allowTypeImports: true,
  message: noBareConnections.message,
};
const floats = [{ object: 'Number', property: 'parseFloat', message: noParseFloat }];

export default [
  { ignores: ['dist/', 'node_modules/', '.ringfence/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Reports nothing in files with decorators: there Nest needs the values of constructor types, and the compiler
      // (isolatedModules with emitDecoratorMetadata, TS1272) already asks for `import type` where it must be one.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-restricted-imports': ['error', { paths: [noBareImports] }],
    },
  },
  {
    files: ['**/*.{ts,mjs}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-debugger': 'error',
      'no-restricted-globals': ['error', { name: 'parseFloat', message: noParseFloat }],
      'no-restricted-properties': ['error', noProcessEnv, ...floats, ...only],
      'no-restricted-syntax': ['error', noBareConnections, noEmptyNames, ...noOwnTransactions],
      'no-restricted-imports': ['error', { paths: noProcessImports }],
    },
  },
  {
    files: ['libs/platform/src/database/**'],
    rules: { 'no-restricted-syntax': ['error', noBareConnections, noEmptyNames, noOwnTransactions[1]] },
  },
  {
    files: ['apps/api/src/**/*.dto.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [...noProcessImports, noValidateNested] }] },
  },
  {
    // The one place of settings; the launcher, which runs before anything is built; and the test run's own wiring.
    files: ['libs/platform/src/config.ts', 'apps/cli/bin/*.mjs', 'test/**', 'bench/**', '**/*.spec.ts'],
    rules: { 'no-restricted-properties': ['error', ...floats, ...only] },
  },
];
