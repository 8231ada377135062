import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { environment, type Environment } from '../environment.js';
import { exitCodes, sentenceOf } from '../exit.js';
import type { StartContext, StartOptions, StartStep } from './start-step.js';
import { startSteps } from './steps.js';

const stepToSettleMsMax = 15_000;

/** Runs the steps in order, then waits for a signal or a failure, then undoes them. Returns the exit code. */
export async function start(options: StartOptions): Promise<number> {
  const stopping = new AbortController();
  const stops: (() => Promise<void>)[] = [];
  const notes: string[] = [];
  let exitCode: number = exitCodes.done;

  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const fail = (sentence: string): void => {
    if (stopping.signal.aborted) return;
    exitCode = exitCodes.failed;
    process.stderr.write(`${sentence}\n`);
    stopping.abort();
  };
  const context: StartContext = {
    options,
    environment: environment(),
    afterKill: false,
    stopping: stopping.signal,
    onStop: (stop) => stops.push(stop),
    fail,
    note: (line) => notes.push(line),
    say,
  };

  const unwatch = stopOnRequest(stopping, context.environment, say);
  const stopped = new Promise<void>((done) => stopping.signal.addEventListener('abort', () => done()));
  for (const step of startSteps) {
    if (stopping.signal.aborted) break;
    const running = runStep(step, context).catch((error: unknown) => fail(sentenceOf(error)));
    await Promise.race([running, stopped]);
    // What the step is in the middle of starting must be known before it can be stopped.
    if (stopping.signal.aborted) await Promise.race([running, pause(stepToSettleMsMax, undefined, { ref: false })]);
  }
  if (!stopping.signal.aborted) {
    notes.forEach(say);
    await stopped;
  }
  for (const stop of stops.reverse()) {
    await stop().catch((error: unknown) => process.stderr.write(`${sentenceOf(error)}\n`));
  }
  unwatch();
  if (exitCode === exitCodes.done) say('Stopped.');
  return exitCode;
}

async function runStep(step: StartStep, context: StartContext): Promise<void> {
  const began = performance.now();
  const account = await step.run(context);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (account !== undefined && !context.stopping.aborted) context.say(`${step.name}: ${account} (${seconds} s)`);
}

/**
 * Ctrl-C, SIGTERM and a closed terminal stop everything in order; a second one ends at once. When npm runs us and is
 * killed itself, nobody could stop us any more, so that stops us too.
 */
function stopOnRequest(stopping: AbortController, given: Environment, say: (line: string) => void): () => void {
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(exitCodes.failed);
    say('Stopping…');
    stopping.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  const parents = parentsNow();
  const watching = setInterval(() => {
    if (given['npm_lifecycle_event'] && parentsNow() !== parents && !stopping.signal.aborted) stop();
  }, 500);
  return () => {
    clearInterval(watching);
    for (const signal of signals) process.off(signal, stop);
  };
}

/** npm runs a script through a shell, which outlives it: the shell's parent counts too, where it can be read. */
function parentsNow(): string {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}
