import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { commands } from './commands/index.js';
import { exitCodeOf, sentenceOf } from './exit.js';

const program = new Command('ringfence')
  .description('The ledger of direct payments.')
  .showHelpAfterError('(ringfence --help lists the commands)')
  .exitOverride();

for (const register of commands) register(program);

// A reader such as `head` may close our output early: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
