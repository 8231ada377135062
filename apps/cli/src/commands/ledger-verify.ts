import type { Command } from 'commander';
import type { ExportHeadsOptions } from '../ledger/export-heads.js';
import type { VerifyLedgerOptions } from '../ledger/verify-ledger.js';

export function registerLedger(program: Command): void {
  const ledger = program.command('ledger').description('the books');
  ledger
    .command('verify')
    .description('recompute the hash chain of every book from its rows, and name the first journal that differs')
    .option('--book <id>', 'this book alone')
    .option('--authority <id or code>', 'the books of this authority alone')
    .option('--heads <file>', 'compare with heads that were exported before, so that a rewritten tail is found')
    .option('--position <file>', 'keep the position in this file, and go on from it when the command was broken off')
    .option('--json', 'answer {"ok","books","journals","firstDifference"} on standard output')
    .action(async (options: VerifyLedgerOptions) => {
      const { verifyLedger } = await import('../ledger/verify-ledger.js');
      process.exitCode = await verifyLedger(options);
    });
  ledger
    .command('heads')
    .description('the last journal of every book')
    .command('export')
    .description('write the number and the hash of the last journal of every book to a file, to be kept elsewhere')
    .argument('<file>')
    .option('--authority <id or code>', 'the books of this authority alone')
    .action(async (file: string, options: ExportHeadsOptions) => {
      const { exportHeads } = await import('../ledger/export-heads.js');
      process.exitCode = await exportHeads(file, options);
    });
}
