import type { Command } from 'commander';

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to the newest migration')
    .option('--json', 'answer {"applied":[…]} on standard output')
    .action(async ({ json }: { json?: true }) => {
      const { migrateDatabase } = await import('../migrate-database.js');
      const applied = await migrateDatabase();
      if (json) process.stdout.write(`${JSON.stringify({ applied })}\n`);
      else process.stdout.write(applied.length === 0 ? 'Nothing to migrate.\n' : `Applied ${applied.join(', ')}.\n`);
    });
}
