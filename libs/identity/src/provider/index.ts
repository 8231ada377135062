export * from './account-directory.js';
export { FileAccountDirectory } from './file-accounts.js';
export { MemoryAccountDirectory } from './memory-accounts.js';
export { failedSignInsMax, failedSignInWindowMinutes } from './sign-in-throttle.js';
export { startBundledProvider, type BundledProvider, type BundledProviderOptions } from './start-provider.js';
