export * from './account-directory.js';
export { FileAccountDirectory } from './file-accounts.js';
export { MemoryAccountDirectory } from './memory-accounts.js';
export { freeGuessesMax, guessDelaySecondsMax } from './guess-throttle.js';
export { startBundledProvider, type BundledProvider, type BundledProviderOptions } from './start-provider.js';
