import type { Environment } from '../environment.js';

export interface StartOptions {
  readonly demo: boolean;
  /** Run the services from their sources, and restart them when those change. */
  readonly watch: boolean;
}

/** What the steps share. Later steps read what earlier ones have added. */
export interface StartContext {
  readonly options: StartOptions;
  /** For the configuration and for the children. */
  environment: Environment;
  /** The last run was killed: its children may need some seconds more to end. */
  afterKill: boolean;
  /** Becomes aborted when everything has to stop: a step that waits looks at it. */
  readonly stopping: AbortSignal;
  /** Registers how to undo what a step began; undone in reverse order, each awaited. */
  onStop(stop: () => Promise<void>): void;
  /** Ends the whole, later than the step itself: a child died. */
  fail(sentence: string): void;
  /** A line for the very end, such as an address or a sign-in. */
  note(line: string): void;
  say(line: string): void;
}

/** One thing that `ringfence start` does. It returns a short account of what it found or did, to be shown. */
export interface StartStep {
  readonly name: string;
  run(context: StartContext): Promise<string | undefined>;
}
