import { Problem, proseCharactersMax, type CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { journalsPerBatchMax } from './domain/journal.js';
import { postJournalsSql } from './ledger.sql.js';
import { refusing } from './refusals.js';

export interface JournalReversed {
  readonly journalId: string;
  readonly reversalId: string;
}

/**
 * Posts the exact mirror of many journals, all or none, in batches of the ledger's own size: each on the day of its
 * journal or, when that is closed, on the first open day. `keyPrefix` and the journal's id make its idempotency key.
 * Returns in no order. Refuses as `reverseJournal` does, for the whole.
 */
export async function reverseJournals(
  tx: Transaction,
  request: { readonly journalIds: readonly string[]; readonly reason: string; readonly keyPrefix: string },
): Promise<JournalReversed[]> {
  const { journalIds, keyPrefix } = request;
  const characters = [...request.reason].length;
  if (characters < 1 || characters > proseCharactersMax) {
    throw Problem.field(
      '/reason',
      `/reason has ${characters} characters: say in 1 to ${proseCharactersMax} why the journals are reversed.`,
    );
  }
  const reversed: JournalReversed[] = [];
  for (let at = 0; at < journalIds.length; at += journalsPerBatchMax) {
    const ids = journalIds.slice(at, at + journalsPerBatchMax);
    const originals = await tx.query<OriginalRow>(journalsToReverseSql, [tx.context.authorityId, ids]);
    if (originals.length < ids.length) {
      const found = new Set(originals.map(({ id }) => id));
      throw new Problem('not-found', `There is no journal ${ids.find((id) => !found.has(id))} that you can see.`);
    }
    const drafts = originals.map((original) => ({
      book_id: original.book_id,
      kind: 'REVERSAL',
      description: `Reversal of journal ${original.sequence}: ${original.description}`.slice(0, 500),
      effective_date: original.effective_date,
      when_closed: 'FIRST_OPEN_DAY',
      source_type: 'journal',
      source_id: original.id,
      idempotency_key: `${keyPrefix}:${original.id}`,
      reverses: original.id,
      reason: request.reason,
      entries: original.mirror,
    }));
    const rows = await refusing(() =>
      tx.query<{ n: number; id: string }>(postJournalsSql, [JSON.stringify(drafts)], 'post_journals'),
    );
    reversed.push(...rows.map(({ n, id }) => ({ journalId: originals[n - 1]!.id, reversalId: id })));
  }
  return reversed;
}

interface OriginalRow {
  id: string;
  book_id: string;
  sequence: bigint;
  description: string;
  effective_date: CalendarDate;
  mirror: unknown[];
}

const journalsToReverseSql = `
  SELECT j.id, j.book_id, j.sequence, j.description, j.effective_date, m.mirror
    FROM journals j
   CROSS JOIN LATERAL (
     SELECT jsonb_agg(jsonb_build_object('account', e.code, 'budget_id', e.budget_id, 'stream', e.stream,
              'amount_pence', (-e.amount_pence)::text, 'service_date', e.service_date, 'budget_line_id', e.budget_line_id,
              'outcome_id', e.outcome_id, 'agreement_id', e.agreement_id) ORDER BY e.position) AS mirror
       FROM journal_entries e WHERE e.authority_id = j.authority_id AND e.journal_id = j.id) m
   WHERE j.authority_id = $1 AND j.id = ANY ($2::uuid[]) ORDER BY j.book_id, j.sequence`;
