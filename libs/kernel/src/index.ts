export * from './clock.js';
export * from './dates.js';
export * from './ids.js';
export * from './json.js';
export * from './money.js';
export * from './problems.js';
export * from './streams.js';
export * from './text.js';
