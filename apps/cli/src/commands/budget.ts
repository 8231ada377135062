import type { Command } from 'commander';

export function registerBudget(program: Command): void {
  const budget = program.command('budget').description('personal budgets');
  budget
    .command('import')
    .description('import budgets from one CSV file through the API, all or nothing')
    .argument('<file>', 'one row for each budget line: docs/reference/budget-import.md')
    .option('--authority <id>', 'the authority, where the client is known to several')
    .option('--json', 'answer the report as one JSON object on standard output')
    .action(async (file: string, options: { authority?: string; json?: true }) => {
      const { importBudgets } = await import('../budgets/import-budgets.js');
      process.exitCode = await importBudgets(file, options);
    });
}
