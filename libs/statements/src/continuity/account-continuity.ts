import { Problem } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import {
  acceptancesOf,
  daysOfFiles,
  filesOf,
  type Acceptance,
  type DayWanted,
  type FileRow,
} from './account-continuity.sql.js';
import { accountContinuity, breaksOf, type AccountContinuity } from './domain/account-continuity.js';
import type { ContinuityFinding, StatementDay } from './domain/continuity-findings.js';

export interface FindingWithAcceptance extends ContinuityFinding {
  readonly accepted: Acceptance | null;
}

/** The continuity of an account by its posted files, and by one more that is about to enter them. */
export async function continuityOf(
  tx: Transaction,
  designatedAccountId: string,
  alsoImportId: string | null = null,
): Promise<{ files: FileRow[]; continuity: AccountContinuity; acceptances: Map<string, Acceptance> }> {
  const files = await filesOf(tx, designatedAccountId, alsoImportId);
  const shared = new Map<string, Map<string, StatementDay>>();
  for (const { importId, on, ...found } of await daysOfFiles(tx, daysShared(files))) {
    shared.set(importId, (shared.get(importId) ?? new Map<string, StatementDay>()).set(on, found));
  }
  const statements = files.map((file) => ({ ...file, sharedDays: shared.get(file.importId) ?? new Map() }));
  return {
    files,
    continuity: accountContinuity(statements),
    acceptances: await acceptancesOf(tx, designatedAccountId),
  };
}

export function withAcceptance(
  findings: readonly ContinuityFinding[],
  acceptances: ReadonlyMap<string, Acceptance>,
): FindingWithAcceptance[] {
  return findings.map((finding) => ({
    ...finding,
    accepted: (finding.key === null ? undefined : acceptances.get(finding.key)) ?? null,
  }));
}

/** The breaks of an import and about it, as they would be once it is posted. */
export async function breaksOfImport(
  tx: Transaction,
  statementImport: { readonly id: string; readonly designatedAccountId: string },
): Promise<FindingWithAcceptance[]> {
  const { continuity, acceptances } = await continuityOf(tx, statementImport.designatedAccountId, statementImport.id);
  return withAcceptance(breaksOf(statementImport.id, continuity), acceptances);
}

/**
 * Refuses with `statement-break` an import with a balance break, in its lines or against its neighbours, until an officer has accepted that. To be called under the account's lock, before anything is posted.
 */
export async function requireNoOpenBreak(
  tx: Transaction,
  statementImport: { readonly id: string; readonly designatedAccountId: string },
): Promise<void> {
  const open = (await breaksOfImport(tx, statementImport)).filter(({ accepted }) => accepted === null);
  const [first] = open;
  if (!first) return;
  const more = open.length > 1 ? ` (and ${open.length - 1} more like it)` : '';
  const remedy =
    first.importIds.length === 1 ? 'download the statement again' : 'upload the statement that belongs between first';
  throw new Problem(
    'statement-break',
    `The statement cannot be added yet: ${first.words.replace(/\.$/, '')}${more}; ${remedy}, or ask the council to accept the difference.`,
    { extensions: { breaks: open.map(({ kind, from, to, words }) => ({ kind, from, to, words })) } },
  );
}

/** Of each file, the days on which another one of the account begins or ends. */
function daysShared(files: readonly FileRow[]): DayWanted[] {
  return files.flatMap(({ importId, firstDate, lastDate }) => {
    const days = files
      .filter((other) => other.importId !== importId)
      .flatMap((other) => [other.firstDate, other.lastDate])
      .filter((on) => firstDate <= on && on <= lastDate);
    return [...new Set(days)].map((on) => ({ importId, on }));
  });
}
