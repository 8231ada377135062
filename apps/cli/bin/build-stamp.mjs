import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';

/** Whether a source changed since the last build that succeeded. Compares paths, times and sizes: some 20 ms. */
export function staleBuild(root) {
  try {
    const { sources } = JSON.parse(fs.readFileSync(stampFile(root), 'utf8'));
    return sources !== sourcesHash(root) || !fs.existsSync(path.join(root, 'dist/apps/cli/src/main.js'));
  } catch {
    return true;
  }
}

/** Of everything that the build reads. Templates and migrations are read at run time and need no build. */
export function sourcesHash(root) {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json']) add(hash, root, file);
  for (const folder of ['apps', 'libs', 'migrations']) walk(hash, root, folder);
  return hash.digest('hex');
}

export function writeStamp(root, sources) {
  const file = stampFile(root);
  fs.writeFileSync(`${file}.new`, JSON.stringify({ sources }));
  fs.renameSync(`${file}.new`, file);
}

/** Returns whether there was one. */
export function removeStamp(root) {
  const had = fs.existsSync(stampFile(root));
  fs.rmSync(stampFile(root), { force: true });
  return had;
}

function stampFile(root) {
  return path.join(root, 'dist', '.built.json');
}

function walk(hash, root, folder) {
  const entries = fs.readdirSync(path.join(root, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(hash, root, name);
    else if (/\.(ts|js|json|scss|mjs|txt)$/.test(name) && !name.endsWith('.spec.ts')) add(hash, root, name);
  }
}

function add(hash, root, name) {
  const { mtimeMs, size } = fs.statSync(path.join(root, name));
  hash.update(`${name}\0${mtimeMs}\0${size}\n`);
}
