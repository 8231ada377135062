import { Injectable } from '@nestjs/common';
import { markInstalmentReceived, markInstalmentsNotReceived } from '@ringfence/budgets';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { allocationEntries, postJournals, reverseJournal, type EntryDraft } from '@ringfence/ledger';
import { Clock, decimalText, newId, poundsText, Problem, type Money } from '@ringfence/kernel';
import { Database, postgresCode, requestJob, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { lineToAllocate, type AllocatedLine } from './allocated-line.js';
import { refuseExcluded } from './judge-line.js';
import { resolveTarget, type ResolvedTarget, type Target } from './targets.js';

export const partsPerLineMax = 50;
export const suggestionsAtOnceMax = 500;

export interface Part {
  /** Signed as the line is: money out is negative. */
  readonly amountPence: Money;
  readonly target: Target;
}

/** Deciding what statement lines were for. Every decision is a person's, posts one journal, and can be undone alone. */
@Injectable()
export class Allocations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Accepts suggestions as they stand. All or none; a line whose spend is excluded is refused with the rule. */
  async accept(
    principal: Principal,
    suggestionIds: readonly string[],
    request: IdempotentRequest,
  ): Promise<{ allocations: { id: string; suggestionId: string }[] }> {
    authorise(principal, 'lines.allocate');
    if (suggestionIds.length === 0 || suggestionIds.length > suggestionsAtOnceMax) {
      throw Problem.field(
        '/suggestionIds',
        `/suggestionIds has ${suggestionIds.length}: name 1 to ${suggestionsAtOnceMax} suggestions.`,
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      const allocations = [];
      for (const [order, suggestionId] of suggestionIds.entries()) {
        const suggestion = await openSuggestion(tx, suggestionId, `/suggestionIds/${order}`);
        authorise(principal, 'lines.allocate', suggestion.budgetId);
        const part = { amountPence: suggestion.amountPence, target: suggestion.target };
        const [id] = await this.allocateParts(
          tx,
          suggestion.statementLineId,
          [part],
          suggestion.reasons.join(' '),
          `/suggestionIds/${order}`,
        );
        await decide(tx, suggestionId, 'ACCEPTED');
        allocations.push({ id: id!, suggestionId });
      }
      return { allocations };
    });
  }

  /** Allocates a line, or what is left of it, by hand, to one or several targets. `reasons` are kept with each part. */
  async allocate(
    principal: Principal,
    input: { readonly statementLineId: string; readonly parts: readonly Part[]; readonly reasons: string },
    request: IdempotentRequest,
  ): Promise<{ allocations: { id: string }[] }> {
    authorise(principal, 'lines.allocate');
    if (input.parts.length === 0 || input.parts.length > partsPerLineMax) {
      throw Problem.field(
        '/parts',
        `/parts has ${input.parts.length}: a line is split into 1 to ${partsPerLineMax} parts.`,
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      const ids = await this.allocateParts(tx, input.statementLineId, input.parts, input.reasons, '/parts');
      return { allocations: ids.map((id) => ({ id })) };
    });
  }

  /** Sets a suggestion aside for good: it is not made again for this line. */
  async reject(principal: Principal, suggestionId: string): Promise<void> {
    await this.database.transaction(contextOf(principal), async (tx) => {
      const suggestion = await openSuggestion(tx, suggestionId, null);
      authorise(principal, 'lines.allocate', suggestion.budgetId);
      await decide(tx, suggestionId, 'REJECTED');
      await requestJob(tx, 'judge-line', { lineId: suggestion.statementLineId });
    });
  }

  /** Takes one allocation back by a reversing journal. The line, and what it paid, are open again everywhere. */
  async undo(
    principal: Principal,
    allocationId: string,
    reasons: string,
    request: IdempotentRequest,
  ): Promise<{ id: string; journalId: string }> {
    return this.database.once(contextOf(principal), request, async (tx) => {
      const [held] = await tx.query<{
        budgetId: string;
        journalId: string;
        lineId: string;
        targetType: string;
        targetId: string | null;
        undone: boolean;
      }>(
        `SELECT budget_id AS "budgetId", journal_id AS "journalId", statement_line_id AS "lineId", target_type AS "targetType",
                target_id AS "targetId", undone_at IS NOT NULL AS undone
           FROM allocations WHERE authority_id = $1 AND id = $2 FOR UPDATE`,
        [principal.authorityId, allocationId],
      );
      if (!held) throw new Problem('not-found', `There is no allocation ${allocationId} that you can see.`);
      authorise(principal, 'lines.allocate', held.budgetId);
      if (held.undone) throw new Problem('conflict', 'The allocation was undone already: nothing is left to undo.');
      const reversal = await reverseJournal(tx, {
        journalId: held.journalId,
        reason: reasons,
        idempotencyKey: `allocation-undone:${allocationId}`,
      });
      await tx.query(
        `UPDATE allocations SET undone_by = $3, undone_at = context_now(), undo_reasons = $4, undo_journal_id = $5
          WHERE authority_id = $1 AND id = $2`,
        [principal.authorityId, allocationId, principal.id, reasons, reversal.id],
      );
      if (held.targetType === 'instalment') await markInstalmentsNotReceived(tx, held.journalId);
      // The suggestion that was accepted can be accepted again, or rejected this time.
      await tx.query(
        `UPDATE match_suggestions SET state = 'OPEN', decided_by = NULL, decided_at = NULL
          WHERE authority_id = $1 AND statement_line_id = $2 AND target_type = $3 AND target_id = $4 AND state = 'ACCEPTED'`,
        [principal.authorityId, held.lineId, held.targetType, held.targetId],
      );
      await requestJob(tx, 'judge-line', { lineId: held.lineId });
      return { id: allocationId, journalId: reversal.id };
    });
  }

  private async allocateParts(
    tx: Transaction,
    lineId: string,
    parts: readonly Part[],
    reasons: string,
    pointer: string,
  ): Promise<string[]> {
    const line = await lineToAllocate(tx, lineId);
    checkAmounts(line, parts, pointer);
    const ids: string[] = [];
    for (const [order, part] of parts.entries()) {
      const where = parts.length === 1 && pointer !== '/parts' ? pointer : `${pointer}/${order}/target`;
      const target = await resolveTarget(tx, part.target, line.lineDate, where);
      if (part.amountPence < 0n) await refuseExcluded(tx, line, target, part.amountPence);
      ids.push(await this.post(tx, line, target, part.amountPence, reasons));
    }
    await requestJob(tx, 'judge-line', { lineId });
    return ids;
  }

  private async post(
    tx: Transaction,
    line: AllocatedLine,
    target: ResolvedTarget,
    amountPence: Money,
    reasons: string,
  ): Promise<string> {
    const id = newId();
    const [journal] = await postJournals(tx, [
      {
        bookId: line.bookId,
        kind: 'ALLOCATION',
        description: line.description,
        effectiveDate: line.lineDate,
        whenClosed: 'first-open-day',
        source: { type: 'allocation', id },
        idempotencyKey: `allocation:${id}`,
        entries: allocationJournal(line, target, amountPence),
      },
    ]);
    await this.keep(tx, id, line, target, amountPence, journal!.id, reasons);
    if (target.type === 'instalment') {
      await markInstalmentReceived(tx, target.id!, { receivedOn: line.lineDate, journalId: journal!.id });
      await requestJob(tx, 'payment-received', { agreementId: target.agreementId!, receivedOn: line.lineDate });
    }
    return id;
  }

  private async keep(
    tx: Transaction,
    id: string,
    line: AllocatedLine,
    target: ResolvedTarget,
    amountPence: Money,
    journalId: string,
    reasons: string,
  ): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO allocations (authority_id, id, statement_line_id, amount_pence, target_type, target_id, budget_id, stream,
           budget_line_id, outcome_id, service_date, journal_id, accepted_by, accepted_at, reasons)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [
          tx.context.authorityId,
          id,
          line.id,
          amountPence,
          target.type,
          target.id,
          target.budgetId,
          target.stream,
          target.budgetLineId,
          target.outcomeId,
          target.serviceDate,
          journalId,
          tx.context.principal.id,
          this.clock.now(),
          reasons,
        ],
      );
    } catch (error) {
      const code = postgresCode(error);
      if (code === 'RF101')
        throw new Problem(
          'already-allocated',
          `Less than ${poundsText(amountPence)} of this line is left: somebody else has allocated it.`,
          { cause: error },
        );
      if (code === 'RF102')
        throw new Problem(
          'already-allocated',
          `This ${target.type} has been matched with another line already: undo that first.`,
          { cause: error },
        );
      if (code === 'RF103')
        throw new Problem('conflict', 'This line was just taken back with its statement: look at the list again.', {
          cause: error,
        });
      throw error;
    }
  }
}

/** Each share of the target is its own move out of what was not understood. */
function allocationJournal(line: AllocatedLine, target: ResolvedTarget, amountPence: Money): EntryDraft[] {
  const from = { budgetId: line.budgetId, serviceDate: line.lineDate };
  return target
    .places(amountPence)
    .flatMap((place) => allocationEntries({ amountPence: place.amountPence, from, to: place.to }));
}

function checkAmounts(line: AllocatedLine, parts: readonly Part[], pointer: string): void {
  for (const [order, { amountPence }] of parts.entries()) {
    if (amountPence === 0n || amountPence < 0n !== line.amountPence < 0n) {
      const sign = line.amountPence < 0n ? 'below zero: money went out' : 'above zero: money came in';
      throw Problem.field(`${pointer}/${order}/amount`, `The part is ${decimalText(amountPence)} and must be ${sign}.`);
    }
  }
  const sum = parts.reduce((total, { amountPence }) => total + amountPence, 0n);
  const beyond = line.amountPence < 0n ? sum < line.remainingPence : sum > line.remainingPence;
  if (beyond) {
    throw new Problem(
      'already-allocated',
      `The parts come to ${decimalText(sum)} and ${decimalText(line.remainingPence)} of the line is left: allocate no more than that.`,
    );
  }
}

interface OpenSuggestion {
  readonly statementLineId: string;
  readonly budgetId: string;
  readonly amountPence: Money;
  readonly reasons: readonly string[];
  readonly target: Target;
}

/** `pointer` is the field that names the suggestion, or null where the address does. */
async function openSuggestion(tx: Transaction, id: string, pointer: string | null): Promise<OpenSuggestion> {
  const [row] = await tx.query<{
    lineId: string;
    budgetId: string;
    amountPence: Money;
    reasons: string[];
    type: 'instalment' | 'payslip' | 'budget-line';
    targetId: string;
    state: string;
  }>(
    `SELECT statement_line_id AS "lineId", budget_id AS "budgetId", amount_pence AS "amountPence", reasons, target_type AS type,
            target_id AS "targetId", state
       FROM match_suggestions WHERE authority_id = $1 AND id = $2 FOR UPDATE`,
    [tx.context.authorityId, id],
  );
  if (!row) {
    const sentence = `There is no suggestion ${id} that you can see.`;
    throw pointer === null ? new Problem('not-found', sentence) : Problem.field(pointer, sentence);
  }
  if (row.state !== 'OPEN')
    throw new Problem('conflict', `The suggestion was ${row.state.toLowerCase()} already: look at the line again.`);
  return {
    statementLineId: row.lineId,
    budgetId: row.budgetId,
    amountPence: row.amountPence,
    reasons: row.reasons,
    target: targetOf(row.type, row.targetId),
  };
}

function targetOf(type: 'instalment' | 'payslip' | 'budget-line', id: string): Target {
  if (type === 'instalment') return { type, instalmentId: id };
  if (type === 'payslip') return { type, payslipId: id };
  return { type, budgetLineId: id };
}

async function decide(tx: Transaction, suggestionId: string, state: 'ACCEPTED' | 'REJECTED'): Promise<void> {
  await tx.query(
    'UPDATE match_suggestions SET state = $3, decided_by = $4, decided_at = context_now() WHERE authority_id = $1 AND id = $2',
    [tx.context.authorityId, suggestionId, state, tx.context.principal.id],
  );
}
