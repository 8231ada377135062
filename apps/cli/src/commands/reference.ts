import { Argument, type Command } from 'commander';

export function registerReference(program: Command): void {
  const reference = program.command('reference').description('registers that bank lines are compared with');
  reference
    .command('import')
    .description('replace one register with a file; an administrative task')
    .addArgument(
      new Argument('<register>', 'what the file lists').choices(['gp', 'dental', 'pharmacy', 'mcc'] as const),
    )
    .argument('<file>', 'the ODS file as the NHS publishes it, or merchant codes with a header')
    .option('--json', 'answer {"register","rows","rowsBefore"} on standard output')
    .action(async (register: 'gp' | 'dental' | 'pharmacy' | 'mcc', file: string, options: { json?: true }) => {
      const { importReference } = await import('../reference/import-reference.js');
      await importReference(register, file, options);
    });
}
