// `@jest/globals` of a spec file. The functions are those of the file that runs: Jest sets them anew for each.
export { jest } from './process-state.mjs';
