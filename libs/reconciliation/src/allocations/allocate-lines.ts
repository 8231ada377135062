import { Injectable } from '@nestjs/common';
import { markInstalmentReceived, markInstalmentsNotReceived } from '@ringfence/budgets';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { allocationEntries, postJournals, reverseJournal, type NewEntry } from '@ringfence/ledger';
import { Clock, decimalText, newId, Problem, type Money } from '@ringfence/kernel';
import { Database, requestJob, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { lineToAllocate, type AllocatedLine } from './allocated-line.js';
import { allocationToUndo, insertAllocation } from './allocations.sql.js';
import { budgetsOfTargets, holdBooks, refuseAllocation, refuseUndoingUsed } from './refuse-allocation.js';
import { decide, descriptionsOf, openSuggestion, placesOfSuggestions } from './suggestions.sql.js';
import { TargetAssessor } from '../assessment/target-assessor.js';
import { resolveTarget, type ResolvedTarget, type Target } from './targets.js';

export const partsPerLineMax = 50;
export const suggestionsAtOnceMax = 500;

export interface Part {
  /** Signed as the line is: money out is negative. */
  readonly amountPence: Money;
  readonly target: Target;
}

export interface AcceptedSuggestion {
  readonly id: string;
  readonly suggestionId: string;
}

/** One that stays open, and why. `description` is the bank's, where the line can be seen. */
export interface RefusedSuggestion {
  readonly suggestionId: string;
  readonly description: string | null;
  readonly sentence: string;
}

/** Deciding what statement lines were for. Every decision is a person's, posts one journal, and can be undone alone. */
@Injectable()
export class AllocateLines {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepts suggestions as they stand, each assessed as things are now. All or none: every one that cannot be accepted is
   * listed under `errors`, and the others stay as they were.
   */
  async accept(
    principal: Principal,
    suggestionIds: readonly string[],
    request: IdempotentRequest,
  ): Promise<{ allocations: AcceptedSuggestion[] }> {
    const { allocations } = await this.acceptThose(principal, suggestionIds, request, (refused) => {
      const [first, ...others] = refused;
      if (!first) return;
      if (others.length === 0) throw first.problem;
      const errors = refused.flatMap(({ order, problem }) => {
        const [found] = problem.errors;
        return [{ pointer: `/suggestionIds/${order}`, message: found?.message ?? problem.message }];
      });
      const sentence = `${refused.length} of the ${suggestionIds.length} suggestions cannot be accepted, and none was: ${first.problem.message}`;
      throw new Problem(first.problem.code, sentence, { errors, extensions: first.problem.extensions });
    });
    return { allocations };
  }

  /** Accepts those of the suggestions that can be, and tells of each of the others why it stays open. */
  acceptWhatCanBe(
    principal: Principal,
    suggestionIds: readonly string[],
    request: IdempotentRequest,
  ): Promise<{ allocations: AcceptedSuggestion[]; refused: RefusedSuggestion[] }> {
    return this.acceptThose(principal, suggestionIds, request, () => undefined);
  }

  private async acceptThose(
    principal: Principal,
    suggestionIds: readonly string[],
    request: IdempotentRequest,
    decideOn: (refused: readonly { readonly order: number; readonly problem: Problem }[]) => void,
  ): Promise<{ allocations: AcceptedSuggestion[]; refused: RefusedSuggestion[] }> {
    authorise(principal, 'lines.allocate');
    if (suggestionIds.length === 0 || suggestionIds.length > suggestionsAtOnceMax) {
      throw Problem.field(
        '/suggestionIds',
        `/suggestionIds has ${suggestionIds.length}: name 1 to ${suggestionsAtOnceMax} suggestions.`,
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      const { bookIds, budgetIds } = await placesOfSuggestions(tx, suggestionIds);
      await holdBooks(tx, bookIds, budgetIds);
      const assessor = await TargetAssessor.of(tx);
      const allocations: AcceptedSuggestion[] = [];
      const refused: { order: number; suggestionId: string; problem: Problem }[] = [];
      for (const [order, suggestionId] of suggestionIds.entries()) {
        const done = await attempt(tx, () =>
          this.acceptOne(tx, assessor, principal, suggestionId, `/suggestionIds/${order}`),
        );
        if (done instanceof Problem) refused.push({ order, suggestionId, problem: done });
        else allocations.push({ id: done, suggestionId });
      }
      decideOn(refused);
      const names = await descriptionsOf(
        tx,
        refused.map(({ suggestionId }) => suggestionId),
      );
      return {
        allocations,
        refused: refused.map(({ suggestionId, problem }) => ({
          suggestionId,
          description: names.get(suggestionId) ?? null,
          sentence: problem.message,
        })),
      };
    });
  }

  private async acceptOne(
    tx: Transaction,
    assessor: TargetAssessor,
    principal: Principal,
    suggestionId: string,
    pointer: string,
  ): Promise<string> {
    const suggestion = await openSuggestion(tx, suggestionId, pointer);
    authorise(principal, 'lines.allocate', suggestion.budgetId);
    const part = { amountPence: suggestion.amountPence, target: suggestion.target };
    const [id] = await this.allocateParts(
      tx,
      assessor,
      suggestion.statementLineId,
      [part],
      suggestion.reasons.join(' '),
      pointer,
    );
    await decide(tx, suggestionId, 'ACCEPTED');
    return id!;
  }

  /** Allocates a line, or what remains of it, manually, to one or several targets. `reasons` are kept with each part. */
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
      const { bookId } = await lineToAllocate(tx, input.statementLineId);
      const budgetIds = await budgetsOfTargets(
        tx,
        input.parts.map(({ target }) => target),
      );
      await holdBooks(tx, [bookId], budgetIds);
      const assessor = await TargetAssessor.of(tx);
      const ids = await this.allocateParts(tx, assessor, input.statementLineId, input.parts, input.reasons, '/parts');
      return { allocations: ids.map((id) => ({ id })) };
    });
  }

  /** Sets a suggestion aside for good: it is not made again for this line. */
  async reject(principal: Principal, suggestionId: string): Promise<void> {
    await this.database.transaction(contextOf(principal), async (tx) => {
      const suggestion = await openSuggestion(tx, suggestionId, null);
      authorise(principal, 'lines.allocate', suggestion.budgetId);
      await decide(tx, suggestionId, 'REJECTED');
      await requestJob(tx, 'assess-line', { lineId: suggestion.statementLineId });
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
      const held = await allocationToUndo(tx, allocationId);
      authorise(principal, 'lines.allocate', held.budgetId);
      await holdBooks(tx, [held.bookId], [held.budgetId]);
      // Read again, as somebody may have undone it while the book was waited for.
      if ((await allocationToUndo(tx, allocationId)).undone)
        throw new Problem('conflict', 'The allocation was undone already: nothing is left to undo.');
      await refuseUndoingUsed(tx, held.moved);
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
      await requestJob(tx, 'assess-line', { lineId: held.lineId });
      return { id: allocationId, journalId: reversal.id };
    });
  }

  private async allocateParts(
    tx: Transaction,
    assessor: TargetAssessor,
    lineId: string,
    parts: readonly Part[],
    reasons: string,
    pointer: string,
  ): Promise<string[]> {
    let line = await lineToAllocate(tx, lineId);
    checkAmounts(line, parts, pointer);
    const ids: string[] = [];
    for (const [order, part] of parts.entries()) {
      const where = parts.length === 1 && pointer !== '/parts' ? pointer : `${pointer}/${order}/target`;
      const target = await resolveTarget(tx, part.target, line.lineDate, where);
      await refuseAllocation(tx, assessor, line, target, part.amountPence, where);
      ids.push(await this.post(tx, line, target, part.amountPence, reasons));
      line = { ...line, remainingPence: line.remainingPence - part.amountPence };
    }
    await requestJob(tx, 'assess-line', { lineId });
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
    const acceptedAt = this.clock.now();
    await insertAllocation(tx, {
      id,
      lineId: line.id,
      target,
      amountPence,
      journalId: journal!.id,
      reasons,
      acceptedAt,
    });
    if (target.type === 'instalment') {
      await markInstalmentReceived(tx, target.id!, { receivedOn: line.lineDate, journalId: journal!.id });
      await requestJob(tx, 'payment-received', { agreementId: target.agreementId!, receivedOn: line.lineDate });
    }
    return id;
  }
}

/** Each share of the target is its own move out of what was unallocated. */
function allocationJournal(line: AllocatedLine, target: ResolvedTarget, amountPence: Money): NewEntry[] {
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

/** What is refused leaves no trace, and the transaction goes on. Refused rights end it. */
async function attempt(tx: Transaction, work: () => Promise<string>): Promise<string | Problem> {
  await tx.query('SAVEPOINT one_suggestion');
  try {
    const done = await work();
    await tx.query('RELEASE SAVEPOINT one_suggestion');
    return done;
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 403) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT one_suggestion');
    return error;
  }
}
