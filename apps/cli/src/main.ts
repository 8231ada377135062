import 'reflect-metadata';
import { CommanderError } from 'commander';
import { exitCodeOf, sentenceOf } from './exit.js';
import { ringfenceProgram } from './program.js';

// A reader such as `head` may close our output early: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await ringfenceProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
