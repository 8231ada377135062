import type { Database } from './database.js';

/** The ids of all authorities, for a sweep: it works under one after the other. */
export async function everyAuthority(database: Database): Promise<string[]> {
  const rows = await database.untenanted<{ id: string }>('SELECT every_authority() AS id');
  return rows.map(({ id }) => id);
}
