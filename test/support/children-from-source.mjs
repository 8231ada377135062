// Programs that the product starts run from their sources in tests, as this process does: LimitedChild hands on `--import`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

process.execArgv.push('--import', pathToFileURL(join(import.meta.dirname, 'typescript.mjs')).href);
