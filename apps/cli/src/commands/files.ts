import type { Command } from 'commander';
import type { SweepFilesOptions } from '../files/sweep-stored-files.js';
import type { VerifyFilesOptions } from '../files/verify-stored-files.js';

export function registerFiles(program: Command): void {
  const files = program.command('files').description('the stored files: receipts and statements as they were sent');
  files
    .command('verify')
    .description('compare every stored file with its hash: what is missing, torn, altered, or named by no record')
    .option('--json', 'answer {"ok","files","bytes","missing","torn","altered","unnamed","differences"}')
    .action(async (options: VerifyFilesOptions) => {
      const { verifyStoredFiles } = await import('../files/verify-stored-files.js');
      process.exitCode = await verifyStoredFiles(options);
    });
  files
    .command('sweep')
    .description('remove the files that no record names and that have lain there for a day, as the worker does')
    .option('--dry-run', 'remove nothing: say what would be removed')
    .option('--json', 'answer {"dryRun","stored","storedBytes","removed","removedBytes","cutOffRemoved","more"}')
    .action(async (options: SweepFilesOptions) => {
      const { sweepStoredFiles } = await import('../files/sweep-stored-files.js');
      process.exitCode = await sweepStoredFiles(options);
    });
}
