import { Injectable } from '@nestjs/common';
import type { AccountWithBudgets } from '@ringfence/budgets';
import { contextOf, seesWholeAuthority, type Principal } from '@ringfence/identity';
import { Clock, longDate, type Money, poundsText, Problem, reasonsCharactersMax } from '@ringfence/kernel';
import { reverseJournals } from '@ringfence/ledger';
import { Database, requestJob, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { openingBalanceOf } from './domain/opening-balance.js';
import { StatementImport } from '../records/statements.entities.js';
import { authoriseAccount, findImport, lockAccountLines } from '../records/import-access.js';
import { lineTarget, postOpeningBalance, withdrawOpeningBalance } from './post-opening.js';
import { LineDependants, type Dependant } from './line-dependants.js';
import { importsByCommit, laterHolder, lockImport, lockLines, markReversed } from './reverse.sql.js';
import { openingLine } from './statements.sql.js';

export interface ReversalReport {
  readonly id: string;
  /** Lines that left the account, the balance before the first statement not counted. */
  readonly reversed: number;
}

/** Lines marked in one statement. */
const linesPerBatch = 5_000;

/** Reverses a whole import while nothing depends on its lines. Its file stays. */
@Injectable()
export class ReverseImport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly dependants: LineDependants,
  ) {}

  /**
   * Each journal of the import gets its mirror; its lines are marked and leave every list, and the same file sent
   * again gives them as new. Refuses with `conflict`, saying what depends on the lines and where, and with
   * `statement-not-ready` an import that is not posted.
   */
  async run(
    principal: Principal,
    importId: string,
    input: { readonly reason: string },
    request: IdempotentRequest,
  ): Promise<ReversalReport> {
    const reason = requireReason(input.reason);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const statementImport = await findImport(tx, importId);
      const account = await authoriseAccount(tx, principal, 'statements.reverse', statementImport.designatedAccountId);
      await lockAccountLines(tx, account.id);
      const { breakAccepted } = await requirePosted(tx, importId);
      const lines = await lockLines(tx, importId);
      await this.requireFree(tx, statementImport);
      const decided = async (): Promise<boolean> => breakAccepted || this.dependants.everDecided(tx, importId);
      if (!seesWholeAuthority(principal) && (await decided())) {
        throw new Problem(
          'not-permitted',
          'The council has already decided something about this statement: ask it to reverse the statement.',
        );
      }
      const lineIds = lines.map(({ id }) => id);
      await this.dependants.release(tx, importId, lineIds);
      const standing = lines.filter(({ superseded }) => !superseded);
      const reversals = await reverseJournals(tx, {
        journalIds: standing.map(({ journalId }) => journalId),
        reason: `The statement ${statementImport.fileName} was reversed: ${reason}`.slice(0, 500),
        keyPrefix: 'statement-reversed',
      });
      const reversalOf = new Map(reversals.map(({ journalId, reversalId }) => [journalId, reversalId]));
      for (let at = 0; at < lines.length; at += linesPerBatch) {
        const batch = lines.slice(at, at + linesPerBatch);
        await markReversed(
          tx,
          batch.map(({ id, journalId }) => ({ id, reversalId: reversalOf.get(journalId) ?? null })),
        );
      }
      await tx.manager.update(
        StatementImport,
        { authorityId: principal.authorityId, id: importId },
        { state: 'REVERSED', reversedBy: principal.id, reversedAt: this.clock.now(), reversalReason: reason },
      );
      await restoreOpening(tx, account);
      await requestJob(tx, 'suggest-matches', { designatedAccountId: account.id });
      return { id: importId, reversed: await linesOf(tx, importId) };
    });
  }

  private async requireFree(tx: Transaction, { id }: StatementImport): Promise<void> {
    const dependants = await this.dependants.standing(tx, id);
    if (dependants.length > 0) {
      const found = dependants.map(dependantText).join(', and ');
      const undo = dependants.map((dependant) => dependant.undo);
      throw new Problem(
        'conflict',
        `The statement cannot be reversed: ${found}; ${[...new Set(undo)].join(' and ')}.`,
        {
          extensions: { dependants: dependants.map(({ kind, lines }) => ({ kind, lines })) },
        },
      );
    }
    const later = await laterHolder(tx, id);
    if (later) {
      const lines = later.lines === 1 ? 'line' : 'lines';
      throw new Problem(
        'conflict',
        `The statement cannot be reversed: ${later.fileName} left out ${later.lines} ${lines} that this one had brought in; reverse ${later.fileName} first, and send it again afterwards.`,
        { extensions: { dependants: [{ kind: 'statement', importId: later.id, lines: later.lines }] } },
      );
    }
  }
}

function requireReason(text: string): string {
  const reason = text.trim();
  const characters = [...reason].length;
  if (characters < 1 || characters > reasonsCharactersMax) {
    throw Problem.field(
      '/reason',
      `/reason has ${characters} characters: say in 1 to ${reasonsCharactersMax} why the statement is reversed.`,
    );
  }
  return reason;
}

async function requirePosted(tx: Transaction, importId: string): Promise<{ readonly breakAccepted: boolean }> {
  const row = await lockImport(tx, importId);
  if (row?.state === 'COMMITTED') return row;
  const why: Record<string, string> = {
    REVERSED: 'it was reversed already',
    COMMITTING: 'its lines are just being added: try again when that is done',
  };
  throw new Problem(
    'statement-not-ready',
    `The statement cannot be reversed because ${why[row?.state ?? ''] ?? 'nothing of it is posted: leave it as it is'}.`,
  );
}

function dependantText({ lines, lineDate, amountPence, description, what }: Dependant): string {
  const first = `${longDate(lineDate)}, ${poundsText(magnitude(amountPence))}, “${description}”`;
  return `${lines} ${what} (${lines === 1 ? first : `the first: ${first}`})`;
}

/**
 * The books begin with the balance that they would begin with had the import never come: one that it had made
 * superfluous is posted again, so that the book's bank balance is still the bank's.
 */
async function restoreOpening(tx: Transaction, account: AccountWithBudgets): Promise<void> {
  const wanted = openingBalanceOf(await importsByCommit(tx, account.id));
  const standing = await openingLine(tx, account.id);
  if (wanted && standing?.lineDate === wanted.on && standing.amountPence === wanted.pence) return;
  if (standing) {
    const reason = 'A statement was reversed, so the books begin with another opening balance.';
    await withdrawOpeningBalance(tx, standing, reason);
  }
  if (!wanted) return;
  const target = lineTarget(account, await findImport(tx, wanted.importId));
  await postOpeningBalance(tx, account, target, wanted.pence, wanted.on);
}

async function linesOf(tx: Transaction, importId: string): Promise<number> {
  const [row] = await tx.query<{ lines: number }>(
    `SELECT count(*)::integer AS lines FROM statement_lines WHERE authority_id = $1 AND import_id = $2 AND kind = 'LINE'`,
    [tx.context.authorityId, importId],
  );
  return row!.lines;
}

function magnitude(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}
