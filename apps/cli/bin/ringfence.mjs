#!/usr/bin/env node
// Plain JavaScript with no dependency, written so that an old Node can still read it and say what is missing.
// It installs the packages and builds when either is out of date, then hands over to the compiled program.
// Whatever it says itself goes to standard error: standard output belongs to the command (`--json`).
import * as path from 'path';
import { fileURLToPath, pathToFileURL } from 'url';
import { prepare } from './prepare.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

async function main() {
  await prepare(root);
  await import(pathToFileURL(path.join(root, 'dist/apps/cli/src/main.js')).href);
}

main().catch((error) => {
  // A sentence for what is expected to go wrong; the whole story for what is a fault in the program.
  const expected = error && (error.sentence || !error.stack || error.constructor === Error);
  process.stderr.write(`${expected ? error.message : (error && error.stack) || error}\n`);
  process.exit(error && error.exitCode ? error.exitCode : 1);
});
