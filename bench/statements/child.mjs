// A program of its own for each measure, so that the memory of one is not that of another. Prints one line of JSON.
import { register } from 'node:module';

process.removeAllListeners('warning');
register('../../test/support/typescript-hooks.mjs', import.meta.url);
// The program that reads files runs from its source too.
process.execArgv.push('--import', new URL('../../test/support/typescript.mjs', import.meta.url).href);
const [task, ...args] = process.argv.slice(2);
const { tasks } = await import('./tasks.ts');
process.stdout.write(`${JSON.stringify(await tasks[task](...args))}\n`);
process.exit(0);
