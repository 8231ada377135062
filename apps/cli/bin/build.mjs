// `npm run build`: one compile of every app and library, then the style sheets, then the stamp that says what was built.
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { fileURLToPath, pathToFileURL } from 'url';
import { removeStamp, sourcesHash, writeStamp } from './build-stamp.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

const sources = sourcesHash(root);
// Without a stamp the last build did not finish: what the compiler remembers of it may not be on the disk.
if (!removeStamp(root)) fs.rmSync(path.join(root, 'dist/.tsbuildinfo'), { force: true });
compile();
nationalRules();
await styles();
writeStamp(root, sources);

/** `nest build` rewrites `@ringfence/*` to relative paths. All apps share one tsconfig, so one compile makes them all. */
function compile() {
  const nest = path.join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build', 'api'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status || 1);
}

/** The national spending rules are texts that are read when a program starts: they go beside the code that reads them. */
function nationalRules() {
  const folder = 'libs/spending-rules/src/national';
  fs.rmSync(path.join(root, 'dist', folder), { recursive: true, force: true });
  fs.cpSync(path.join(root, folder), path.join(root, 'dist', folder), { recursive: true });
}

/** The pages' own step, where there are pages. */
async function styles() {
  const step = path.join(root, 'apps/web/build-styles.mjs');
  if (!fs.existsSync(step)) return;
  const { buildStyles } = await import(pathToFileURL(step).href);
  buildStyles();
}
