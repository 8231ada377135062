import { spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { staleBuild } from './build-stamp.mjs';
import { withSetupLock } from './setup-lock.mjs';

/**
 * Installs with `npm ci` when node_modules does not hold what package-lock.json lists, and builds when a source is
 * newer than the build. Costs some 50 ms when there is nothing to do. Throws an Error with a line for a person.
 */
export async function prepare(root) {
  requireNode();
  if (!staleInstall(root) && !staleBuild(root)) return;
  requireWritable(root);
  await withSetupLock(root, say, async () => {
    if (staleInstall(root)) await install(root);
    if (staleBuild(root)) await build(root);
  });
}

/** The same without the build, for what runs the sources: tests and benchmarks. */
export async function requirePackages(root) {
  requireNode();
  if (!staleInstall(root)) return;
  requireWritable(root);
  await withSetupLock(root, say, async () => {
    if (staleInstall(root)) await install(root);
  });
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install is stale too. */
export function staleInstall(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  if (wanted === undefined) return false;
  const found = packagesOf(path.join(root, 'node_modules/.package-lock.json'));
  if (found === undefined) return true;
  for (const name of Object.keys(wanted)) {
    if (name === '' || wanted[name].link) continue;
    // Packages for other platforms are listed as optional and never installed here.
    if (
      found[name] === undefined
        ? !wanted[name].optional && !wanted[name].devOptional
        : !samePackage(wanted[name], found[name])
    )
      return true;
  }
  return Object.keys(found).some((name) => wanted[name] === undefined);
}

function samePackage(a, b) {
  return a.version === b.version && (a.integrity === undefined || a.integrity === b.integrity);
}

function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function install(root) {
  const npm = npmCommand();
  const args = [...npm.args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = await runSaying('Installing packages with npm', npm.program, args, root);
  if (result.code === 0) return;
  const telling = result.lines
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, ''))
    .filter((line) => line !== '' && !/complete log of this run|_logs\//.test(line))
    .slice(0, 3)
    .join('; ');
  throw new Error(
    `Installing the packages failed: ${withoutStop(telling || lastOf(result))}. Run "npm ci" to see more, then try again.`,
  );
}

async function build(root) {
  const script = path.join(root, 'apps/cli/bin/build.mjs');
  const result = await runSaying('Building', process.execPath, [script], root);
  if (result.code === 0) return;
  const errors = result.lines.filter((line) => /\berror\b/i.test(line) && !/^Found \d+ error/.test(line));
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new Error(`The build failed: ${errors[0] || lastOf(result)}${more}. Run "npm run build" to see all of it.`);
}

/** The npm that runs us, else the one on PATH. Under npx or another package manager npm_execpath is another program. */
function npmCommand() {
  const running = process.env.npm_execpath || '';
  return path.basename(running) === 'npm-cli.js' && fs.existsSync(running)
    ? { program: process.execPath, args: [running] }
    : { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/** Runs a program with its output kept for the case of a fault, and says every few seconds that it still works. */
function runSaying(what, program, args, root) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const screen = Boolean(process.stderr.isTTY);
  say(screen ? `${what}…` : `${what}… (the first time this takes about a minute)`);
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: program.endsWith('.cmd'),
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const ticking = setInterval(() => say(`${what}… ${seconds()} s`), screen ? 5000 : 15000);
  const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const pass = () => {
      interrupted = signal;
      child.kill(signal);
    };
    process.on(signal, pass);
    return () => process.off(signal, pass);
  });
  let interrupted;
  return new Promise((done, fail) => {
    const over = () => {
      clearInterval(ticking);
      passedOn.forEach((off) => off());
    };
    child.once('error', (error) => {
      over();
      fail(
        new Error(
          `${program} could not be run (${error.code || error.message}): install npm, which comes with Node.js.`,
        ),
      );
    });
    child.once('close', (code, signal) => {
      over();
      if (interrupted) return fail(Object.assign(new Error(`Interrupted while ${lower(what)}.`), { exitCode: 130 }));
      if (code === 0) say(`${what}: done in ${seconds()} s.`);
      const lines = Buffer.concat(output)
        .toString('utf8')
        .replace(/\u001b\[[0-9;]*m/g, '')
        .split('\n')
        .map((line) => line.trim());
      done({ code, signal, lines: lines.filter((line) => line !== '') });
    });
  });
}

function lastOf({ lines, code, signal }) {
  return lines[lines.length - 1] || `it ended with ${signal || code}`;
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Ringfence needs Node.js 20.19 or later; this is ${process.versions.node}. Install a later one from https://nodejs.org and try again.`,
  );
}

function requireWritable(root) {
  try {
    fs.accessSync(root, fs.constants.W_OK);
  } catch {
    throw new Error(
      `Ringfence has to install or build in ${root}, and this user cannot write there: change its owner or copy it.`,
    );
  }
}

function withoutStop(text) {
  return text.replace(/\.$/, '');
}

function lower(text) {
  return text[0].toLowerCase() + text.slice(1);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
