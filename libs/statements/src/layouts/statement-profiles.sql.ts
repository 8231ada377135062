import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { CsvProfile } from '@ringfence/statement-files';

/** One version of a layout that an authority added. */
export interface StatementProfileRow {
  readonly id: string;
  readonly name: string;
  /** From 1; the highest is the one that reads. */
  readonly version: number;
  readonly profile: CsvProfile;
  readonly reasons: string;
  readonly addedBy: string;
  readonly addedAt: Date;
  /** The first day on which it reads no more. */
  readonly retiredOn: CalendarDate | null;
  /** Whether a later version has taken its place. */
  readonly replaced: boolean;
}

/** By name, and of each the newest version first. */
export function readProfiles(tx: Transaction, filter: { readonly id?: string; readonly name?: string }) {
  return tx.query<StatementProfileRow & Record<string, unknown>>(
    `SELECT * FROM (
       SELECT id, name, version, profile, reasons, added_by AS "addedBy", added_at AS "addedAt", retired_on AS "retiredOn",
              version < max(version) OVER (PARTITION BY name) AS replaced
         FROM statement_profiles WHERE authority_id = $1) p
      WHERE ($2::uuid IS NULL OR id = $2) AND ($3::text IS NULL OR name = $3) ORDER BY name, version DESC`,
    [tx.context.authorityId, filter.id ?? null, filter.name ?? null],
  );
}

/** Those that read today: of each name the newest version, unless it has retired. */
export function profilesInUse(tx: Transaction): Promise<{ profile: CsvProfile; version: number }[]> {
  return tx.query<{ profile: CsvProfile; version: number }>(
    `SELECT profile, version FROM (
       SELECT DISTINCT ON (name) name, profile, version, retired_on FROM statement_profiles
        WHERE authority_id = $1 ORDER BY name, version DESC) newest
      WHERE retired_on IS NULL OR retired_on > context_today() ORDER BY name`,
    [tx.context.authorityId],
  );
}

/** One person at a time adds or retires, so that versions count up without a gap. */
export async function lockProfiles(tx: Transaction): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 17))', [tx.context.authorityId]);
}

export async function insertProfile(
  tx: Transaction,
  { id, version, profile, reasons }: { id: string; version: number; profile: CsvProfile; reasons: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO statement_profiles (authority_id, id, name, version, profile, reasons, added_by, added_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, context_now())`,
    [tx.context.authorityId, id, profile.name, version, JSON.stringify(profile), reasons, tx.context.principal.id],
  );
}

export async function retireProfile(tx: Transaction, id: string, retiredOn: CalendarDate): Promise<void> {
  await tx.query(
    `UPDATE statement_profiles SET retired_on = $3, retired_by = $4, retired_at = context_now() WHERE authority_id = $1 AND id = $2`,
    [tx.context.authorityId, id, retiredOn, tx.context.principal.id],
  );
}
