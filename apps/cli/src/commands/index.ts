import type { Command } from 'commander';
import { registerAuthority } from './authority.js';
import { registerLedger } from './ledger-verify.js';
import { registerBudget } from './budget.js';
import { registerDemo } from './demo.js';
import { registerFiles } from './files.js';
import { registerMigrate } from './migrate.js';
import { registerProvider } from './provider.js';
import { registerReference } from './reference.js';
import { registerSpend } from './spend.js';
import { registerDev, registerStart } from './start.js';
import { registerStatement } from './statement.js';

/**
 * Every command of `ringfence`, a file each. A command that needs more than the kernel imports it when it runs
 * (`await import('../start/run.js')`), so that the others start fast. The build rewrites `@ringfence/*` in import
 * declarations only, not in `import()`: import a relative file that imports the library.
 */
export const commands: readonly ((program: Command) => void)[] = [
  registerStart,
  registerDev,
  registerDemo,
  registerMigrate,
  registerBudget,
  registerStatement,
  registerSpend,
  registerReference,
  registerLedger,
  registerFiles,
  registerAuthority,
  registerProvider,
];
