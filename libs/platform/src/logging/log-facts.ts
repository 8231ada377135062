import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one request or one job says of it, such as its id. Never anything of a person. */
export type LogFacts = Readonly<Record<string, string>>;

const storage = new AsyncLocalStorage<LogFacts>();

/** Runs what belongs to one request or job: whatever it logs, and what it calls and awaits, carries the facts. */
export function withLogFacts<Result>(facts: LogFacts, work: () => Result): Result {
  return storage.run({ ...storage.getStore(), ...facts }, work);
}

export function currentLogFacts(): LogFacts {
  return storage.getStore() ?? {};
}
