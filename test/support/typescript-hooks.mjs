// Module hooks that let Node run this project's TypeScript as it stands, decorators and @ringfence/* included: for the
// specs, and for programs in a process of their own, such as a worker that is to be killed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules', '.cache', 'ringfence-typescript');
const require = createRequire(import.meta.url);
const options = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
const compiler = JSON.stringify([require('@swc/core/package.json').version, options]);

export async function resolve(specifier, context, next) {
  const lib = /^@ringfence\/([^/]+)$/.exec(specifier)?.[1];
  if (lib) return { url: pathToFileURL(join(root, 'libs', lib, 'src/index.ts')).href, shortCircuit: true };
  if (/^\.{1,2}\//.test(specifier) && specifier.endsWith('.js') && isTypescript(context.parentURL)) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(fileURLToPath(source))) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!isTypescript(url)) return next(url, context);
  return { format: 'module', source: compile(fileURLToPath(url)), shortCircuit: true };
}

/** A spec file has a query, because each run of it is a module of its own. */
function isTypescript(url) {
  return /^file:[^?]*\.ts(\?|$)/.test(url ?? '');
}

/** Compiled once for each text of a file: a command in a process of its own reads hundreds of files. */
function compile(file) {
  const text = readFileSync(file, 'utf8');
  const kept = join(cache, createHash('sha256').update(compiler).update(file).update(text).digest('hex'));
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    // It is compiled for the first time.
  }
  const { code } = require('@swc/core').transformSync(text, { ...options, filename: file });
  mkdirSync(cache, { recursive: true });
  // In one move, because two processes may do it at once.
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}
