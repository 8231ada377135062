import type { Command } from 'commander';
import { registerStatementImport } from './statement-import.js';

export function registerStatement(program: Command): void {
  const statement = program.command('statement').description('bank statements');
  statement
    .command('parse')
    .description('read statement files and say what they hold; nothing is stored')
    .argument('<file...>', 'statement files: CSV, OFX or a bank’s text')
    .option('--profile <name>', 'the layout to use, instead of finding it out')
    .option('--profiles <file>', 'a JSON file with layouts of one’s own, tried before the banks’')
    .option('--json', 'answer one JSON object a line for each file, in order')
    .action(async (files: string[], options: { profile?: string; profiles?: string; json?: true }) => {
      const { parseStatements } = await import('../statements/parse-statements.js');
      process.exitCode = await parseStatements(files, options);
    });
  registerStatementImport(statement);
}
