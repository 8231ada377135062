import type { Command } from 'commander';
import type { ImportStatementsOptions } from '../statements/import-statements.js';

/** A part of `ringfence statement`. */
export function registerStatementImport(statement: Command): void {
  statement
    .command('import')
    .description('send statement files to the API, show what they hold, and post their new lines')
    .argument('<file...>', 'statement files: CSV, OFX or a bank’s text')
    .requiredOption('--account <id>', 'the designated account that the files are of')
    .option('--profile <name>', 'the layout to use, instead of finding it out')
    .option('--authority <id>', 'the authority, where several know the client')
    .option('--yes', 'post without asking')
    .option('--json', 'answer one JSON object a line for each file, in order; posts with --yes only')
    .action(async (files: string[], options: ImportStatementsOptions) => {
      const { importStatements } = await import('../statements/import-statements.js');
      process.exitCode = await importStatements(files, options);
    });
}
