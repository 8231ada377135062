import { Command } from 'commander';
import { commands } from './commands/index.js';

/** The whole command line; nothing has run yet. */
export function ringfenceProgram(): Command {
  const program = new Command('ringfence')
    .description('The ledger of direct payments.')
    .showHelpAfterError('(ringfence --help lists the commands)')
    .exitOverride();
  for (const register of commands) register(program);
  return program;
}
