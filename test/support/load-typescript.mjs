import { transformFileSync } from '@swc/core';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '../..');
// Under node_modules, so that the files' own imports of packages are found.
const cache = join(root, 'node_modules', '.cache', 'ringfence-test');

/**
 * Jest imports its global set-up with Node itself, which reads no TypeScript: strips the types of a file and of the
 * files that it imports relatively, and imports the result. Not for code that imports `@ringfence/*`.
 */
export async function loadTypescript(path) {
  mkdirSync(cache, { recursive: true });
  write(join(cache, 'package.json'), '{"type":"module"}');
  emit(resolve(root, path), new Set());
  return import(`${pathToFileURL(outputOf(resolve(root, path))).href}?at=${Date.now()}`);
}

function emit(source, seen) {
  if (seen.has(source)) return;
  seen.add(source);
  const { code } = transformFileSync(source, {
    swcrc: false,
    module: { type: 'es6' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  const output = outputOf(source);
  mkdirSync(dirname(output), { recursive: true });
  write(output, code);
  for (const [, relative] of code.matchAll(/from ['"](\.{1,2}\/[^'"]+)\.js['"]/g)) {
    emit(resolve(dirname(source), `${relative}.ts`), seen);
  }
}

/** In one move, because two runs may do it at once. */
function write(file, text) {
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch {
    // It is not there yet.
  }
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function outputOf(source) {
  return join(cache, source.slice(root.length + 1).replace(/\.ts$/, '.js'));
}
