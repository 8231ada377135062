import type { Command } from 'commander';

export function registerSpend(program: Command): void {
  const spend = program.command('spend').description('the excluded spend rules');
  spend
    .command('check')
    .description('assess the candidates on standard input, one JSON object a line, and answer one a line in order')
    .requiredOption('--json', 'the form of question and answer; there is no other')
    .option('--authority <id>', 'assess by this authority’s own policy, asked of the API')
    .option(
      '--policy <file>',
      'assess by the versions of a policy in this file, as the API answers them; no API is asked',
    )
    .action(async (options: { authority?: string; policy?: string }) => {
      const { checkSpend } = await import('../spending/check-spend.js');
      process.exitCode = await checkSpend(process.stdin, options);
    });
}
