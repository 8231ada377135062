import type { Command } from 'commander';

export function registerStart(program: Command): void {
  program
    .command('start')
    .description('run everything on this machine: PostgreSQL, the sign-in, the pages, the API and the worker')
    .option('--no-demo', 'do not load the demo')
    .action(async (options: { demo: boolean }) => {
      const { start } = await import('../start/start.js');
      process.exitCode = await start({ ...options, watch: false });
    });
}

export function registerDev(program: Command): void {
  program
    .command('dev')
    .description('the same from the sources, in a clone: restarts the services whose sources change')
    .option('--no-demo', 'do not load the demo')
    .action(async (options: { demo: boolean }) => {
      const { start } = await import('../start/start.js');
      process.exitCode = await start({ ...options, watch: true });
    });
}
