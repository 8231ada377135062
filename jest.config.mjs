const common = {
  rootDir: import.meta.dirname,
  // A spec file runs in the process, without a sandbox: see test/support/jest/runner.mjs.
  testEnvironment: '<rootDir>/test/support/jest/environment.mjs',
  testRunner: '<rootDir>/test/support/jest/runner.mjs',
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/dist'],
};

export default {
  testSequencer: '<rootDir>/test/support/jest/sequencer.mjs',
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,bench}/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
