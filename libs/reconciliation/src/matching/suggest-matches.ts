import { Injectable } from '@nestjs/common';
import { Clock, newId, type CalendarDate } from '@ringfence/kernel';
import { Database, HandlesJob, systemContext, type Transaction } from '@ringfence/platform';
import { Claims, exactMatches, type MatchableLine } from '../domain/matching.js';
import { linesAssessedAtOnceMax } from '../reassessment/reassess.js';
import { assessLines } from '../assessment/assess-line.js';
import { candidatesFor } from './match-candidates.js';
import { TargetAssessor } from '../assessment/target-assessor.js';
import { withoutExcluded, type Suggested } from './without-excluded.js';

interface OpenLine extends MatchableLine {
  readonly id: string;
  readonly position: number;
}

/** Lines for which suggestions are made together; fewer are assessed together. */
const linesMatchedAtOnce = 2_000;

/**
 * The job that follows whatever can explain lines: a statement, a pay run, a schedule, a payee. It suggests what each
 * open line of the account could be, also the old ones, and assesses every line that is open or has no verdict yet. Of an
 * account of any length only some thousands of lines are in memory.
 */
@Injectable()
export class SuggestMatches {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @HandlesJob('suggest-matches')
  async run(
    { authorityId, designatedAccountId }: { authorityId: string; designatedAccountId: string },
    atOnce: number = linesMatchedAtOnce,
  ): Promise<void> {
    const context = systemContext(authorityId);
    await this.database.transaction(context, async (tx) => {
      await takeTurn(tx, designatedAccountId);
      await suggestForAccount(tx, designatedAccountId, this.clock.today(), atOnce);
    });
    const assessedAtOnce = Math.min(atOnce, linesAssessedAtOnceMax);
    for (let after: LineAt | undefined, more = true; more;) {
      const assessed = await this.database.transaction(context, async (tx) => {
        await takeTurn(tx, designatedAccountId);
        const lines = await linesToAssess(tx, designatedAccountId, assessedAtOnce, after);
        await assessLines(
          tx,
          lines.map(({ id }) => id),
        );
        return lines;
      });
      after = assessed.at(-1);
      more = assessed.length === assessedAtOnce;
    }
  }
}

/** Two such jobs for one account take turns: each replaces the open suggestions that it finds. */
async function takeTurn(tx: Transaction, designatedAccountId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 9))', [designatedAccountId]);
}

type LineAt = Pick<OpenLine, 'date' | 'id'>;

/** Money out behind a place, oldest first, that is not wholly allocated or has no verdict. */
async function linesToAssess(
  tx: Transaction,
  designatedAccountId: string,
  limit: number,
  after?: LineAt,
): Promise<LineAt[]> {
  return tx.query<LineAt & Record<string, unknown>>(
    `SELECT l.id, l.line_date AS date FROM statement_lines l
       JOIN line_states s ON s.authority_id = l.authority_id AND s.statement_line_id = l.id
      WHERE l.authority_id = $1 AND l.designated_account_id = $2 AND l.amount_pence < 0
        AND ($3::date IS NULL OR (l.line_date, l.id) > ($3, $4::uuid))
        AND (s.remaining_pence <> 0 OR NOT EXISTS (SELECT 1 FROM spend_verdicts v WHERE v.authority_id = l.authority_id
              AND v.subject_type = 'statement-line' AND v.subject_id = l.id AND v.current))
      ORDER BY l.line_date, l.id LIMIT $5`,
    [tx.context.authorityId, designatedAccountId, after?.date ?? null, after?.id ?? null, limit],
  );
}

async function suggestForAccount(
  tx: Transaction,
  designatedAccountId: string,
  today: CalendarDate,
  atOnce: number,
): Promise<void> {
  const days = await daysOfOpenLines(tx, designatedAccountId);
  if (!days) return;
  const { candidates, payslips } = await candidatesFor(tx, designatedAccountId, days.first, days.last, today);
  const assessor = await TargetAssessor.of(tx);
  const claims = new Claims<string>();
  for await (const lines of openLines(tx, designatedAccountId, atOnce)) {
    for (const line of lines) claims.see(line.id, exactMatches(line, candidates));
  }
  for await (const lines of openLines(tx, designatedAccountId, atOnce)) {
    const suggested = lines.map((line) => ({
      line,
      matches: claims.remaining(line.id, exactMatches(line, candidates)),
    }));
    await writeSuggestions(tx, await withoutExcluded(tx, suggested, assessor, payslips));
  }
}

/**
 * What is no longer suggested goes, but never what a person has decided; what is suggested again keeps its id, which an
 * officer may be looking at.
 */
async function writeSuggestions(tx: Transaction, suggested: readonly Suggested<OpenLine>[]): Promise<void> {
  const rows = suggested.flatMap(({ line, matches }) =>
    matches.map(({ candidate, score, reasons }) => ({
      id: newId(),
      line: line.id,
      type: candidate.type,
      target: candidate.id,
      budget: candidate.budgetId,
      amount: line.amountPence.toString(),
      score,
      reasons,
    })),
  );
  await tx.query(
    `WITH suggested AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb) AS s (id uuid, line uuid, type text, target uuid, budget uuid, amount bigint, score integer, reasons jsonb)
     ), gone AS (
       DELETE FROM match_suggestions m
        WHERE m.authority_id = $1 AND m.state = 'OPEN' AND m.statement_line_id = ANY ($3::uuid[])
          AND NOT EXISTS (SELECT 1 FROM suggested s WHERE s.line = m.statement_line_id AND s.type = m.target_type AND s.target = m.target_id)
     )
     INSERT INTO match_suggestions AS m (authority_id, id, statement_line_id, target_type, target_id, budget_id, amount_pence, score, reasons, suggested_at)
     SELECT $1, s.id, s.line, s.type, s.target, s.budget, s.amount, s.score, s.reasons, context_now() FROM suggested s
     ON CONFLICT (authority_id, statement_line_id, target_type, target_id)
       DO UPDATE SET score = excluded.score, reasons = excluded.reasons WHERE m.state = 'OPEN'`,
    [tx.context.authorityId, JSON.stringify(rows), suggested.map(({ line }) => line.id)],
  );
}

/** A line is open while nothing of it is allocated: a part of a line is allocated manually. */
const openLinesSql = `statement_lines l JOIN line_states s ON s.authority_id = l.authority_id AND s.statement_line_id = l.id
  WHERE l.authority_id = $1 AND l.designated_account_id = $2 AND l.kind = 'LINE' AND s.allocated_pence = 0`;

async function daysOfOpenLines(
  tx: Transaction,
  designatedAccountId: string,
): Promise<{ readonly first: CalendarDate; readonly last: CalendarDate } | undefined> {
  const [row] = await tx.query<{ first: CalendarDate | null; last: CalendarDate | null }>(
    `SELECT min(l.line_date) AS first, max(l.line_date) AS last FROM ${openLinesSql}`,
    [tx.context.authorityId, designatedAccountId],
  );
  const { first, last } = row!;
  return first === null || last === null ? undefined : { first, last };
}

/** The open lines of an account in batches, oldest first. */
async function* openLines(tx: Transaction, designatedAccountId: string, atOnce: number): AsyncGenerator<OpenLine[]> {
  for (let after: OpenLine | undefined; ;) {
    const lines: OpenLine[] = await tx.query<OpenLine & Record<string, unknown>>(
      `SELECT l.id, l.position, l.line_date AS date, l.amount_pence AS "amountPence", l.description AS "normalisedDescription"
         FROM ${openLinesSql}
          AND ($3::date IS NULL OR (l.line_date, l.position, l.id) > ($3, $4::integer, $5::uuid))
        ORDER BY l.line_date, l.position, l.id LIMIT $6`,
      [
        tx.context.authorityId,
        designatedAccountId,
        after?.date ?? null,
        after?.position ?? null,
        after?.id ?? null,
        atOnce,
      ],
    );
    if (lines.length > 0) yield lines;
    if (lines.length < atOnce) return;
    after = lines.at(-1);
  }
}
