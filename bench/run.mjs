// `npm run bench -- <name> [arguments]`: runs bench/<name>/bench.ts from its sources, with the packages installed first
// where they are not.
import { existsSync, readdirSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { requirePackages } from '../apps/cli/bin/prepare.mjs';

const [name, ...args] = process.argv.slice(2);
const program = join(import.meta.dirname, name ?? '', 'bench.ts');
if (!name || !existsSync(program)) {
  const known = readdirSync(import.meta.dirname).filter((one) =>
    existsSync(join(import.meta.dirname, one, 'bench.ts')),
  );
  process.stderr.write(`Name a benchmark: ${known.join(', ')}.\n`);
  process.exit(2);
}
await requirePackages(join(import.meta.dirname, '..'));
process.removeAllListeners('warning');
register('../test/support/typescript-hooks.mjs', import.meta.url);
const { run } = await import(program);
await run(args);
