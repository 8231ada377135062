import type { Database } from './database/database.js';

/** Something that a process needs before it can do its work. */
export interface Need {
  /** As the answer names it where it is missing, such as "database". */
  readonly name: string;
  /** Throws, or does not end, where it is missing. */
  check(): Promise<unknown>;
}

/** What `GET /health/live`, `GET /health/ready` and its other name `GET /health` answer, on every process. */
export interface Health {
  readonly status: 200 | 503;
  readonly body: { readonly status: 'ok' | 'unavailable'; readonly missing?: readonly string[] };
}

export const healthCheckMsMax = 5_000;

/** The process answers: it needs no restart, whatever else is away. */
export const live: Health = { status: 200, body: { status: 'ok' } };

/** Whether the process can do its work now; where it cannot, what is missing. */
export async function ready(needs: readonly Need[], msMax: number = healthCheckMsMax): Promise<Health> {
  const answers = await Promise.all(needs.map(async (need) => ((await isThere(need, msMax)) ? [] : [need.name])));
  const missing = answers.flat();
  return missing.length === 0 ? live : { status: 503, body: { status: 'unavailable', missing } };
}

/** The database, over the pool that the process works with. */
export function databaseNeed(database: Database): Need {
  return { name: 'database', check: () => database.untenanted('SELECT 1') };
}

async function isThere({ check }: Need, msMax: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => (timer = setTimeout(() => done(false), msMax)));
  const found = check().then(
    () => true,
    () => false,
  );
  const answer = await Promise.race([found, late]);
  clearTimeout(timer);
  return answer;
}
