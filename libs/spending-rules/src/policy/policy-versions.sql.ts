import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { PolicyChange } from './policy.js';

export interface PolicyVersionRow {
  readonly id: string;
  readonly name: string;
  readonly reasons: string;
  readonly validFrom: CalendarDate;
  readonly changes: readonly PolicyChange[];
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly withdrawnAt: Date | null;
}

/** Newest day first. */
export function readPolicyVersions(tx: Transaction, filter: { readonly id?: string }): Promise<PolicyVersionRow[]> {
  return tx.query<PolicyVersionRow & Record<string, unknown>>(
    `SELECT id, name, reasons, valid_from AS "validFrom", changes, made_by AS "madeBy", made_at AS "madeAt",
            withdrawn_at AS "withdrawnAt"
       FROM policy_versions WHERE authority_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY valid_from DESC, id DESC`,
    [tx.context.authorityId, filter.id ?? null],
  );
}

export async function insertPolicyVersion(
  tx: Transaction,
  version: Omit<PolicyVersionRow, 'madeAt' | 'withdrawnAt'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO policy_versions (authority_id, id, name, reasons, valid_from, changes, made_by, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, context_now())`,
    [
      ...[tx.context.authorityId, version.id, version.name, version.reasons, version.validFrom],
      ...[JSON.stringify(version.changes), version.madeBy],
    ],
  );
}

export async function withdrawPolicyVersion(tx: Transaction, id: string, by: string): Promise<void> {
  await tx.query(
    `UPDATE policy_versions SET withdrawn_by = $3, withdrawn_at = context_now()
      WHERE authority_id = $1 AND id = $2 AND withdrawn_at IS NULL`,
    [tx.context.authorityId, id, by],
  );
}

/** Versions whose day has come and whose spends have not been sent to be reassessed; marks them as sent. */
export function takeBegunVersions(
  tx: Transaction,
  today: CalendarDate,
): Promise<{ id: string; validFrom: CalendarDate }[]> {
  return tx.query(
    `UPDATE policy_versions SET applied_at = context_now()
      WHERE authority_id = $1 AND valid_from <= $2 AND applied_at IS NULL AND withdrawn_at IS NULL
      RETURNING id, valid_from AS "validFrom"`,
    [tx.context.authorityId, today],
  );
}
