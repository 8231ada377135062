import type { Command } from 'commander';

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('load the demo into a running `ringfence start`; where it is loaded already, show who can sign in')
    .option('--json', 'answer the summary as one JSON object on standard output')
    .action(async (options: { json?: true }) => {
      const { runDemo } = await import('../demo/run-demo.js');
      await runDemo(options);
    });
}
