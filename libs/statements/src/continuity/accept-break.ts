import { Injectable } from '@nestjs/common';
import { contextOf, type Principal } from '@ringfence/identity';
import { Clock, newId, Problem, reasonsCharactersMax } from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { breaksOfImport } from './account-continuity.js';
import { authoriseAccount, findImport } from '../records/import-access.js';

export interface BreakAccepted {
  readonly id: string;
  readonly importId: string;
  /** The breaks in the words in which they were shown. */
  readonly breaks: readonly string[];
}

/** An officer of the authority says why an import may stand although its balances do not explain everything. */
@Injectable()
export class AcceptBreak {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Accepts the breaks that the import has now, all of them, and no later one. Refuses with `conflict` where none waits. */
  async run(
    principal: Principal,
    importId: string,
    input: { readonly reason: string },
    request: IdempotentRequest,
  ): Promise<BreakAccepted> {
    const reason = input.reason.trim();
    const characters = [...reason].length;
    if (characters < 1 || characters > reasonsCharactersMax) {
      throw Problem.field(
        '/reason',
        `/reason has ${characters} characters: say in 1 to ${reasonsCharactersMax} why the difference is accepted.`,
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      const statementImport = await findImport(tx, importId);
      await authoriseAccount(tx, principal, 'statements.accept-break', statementImport.designatedAccountId);
      if (statementImport.state !== 'PARSED' && statementImport.state !== 'COMMITTED') {
        throw new Problem(
          'statement-not-ready',
          `No difference of this statement can be accepted while its state is ${statementImport.state}: only of one that waits to be posted, or is posted.`,
        );
      }
      const open = (await breaksOfImport(tx, statementImport)).filter(({ accepted }) => accepted === null);
      if (open.length === 0) {
        throw new Problem(
          'conflict',
          'The balances of this statement join, or were accepted: nothing is left to accept.',
        );
      }
      const id = newId();
      await tx.query(
        `INSERT INTO statement_break_acceptances (authority_id, id, designated_account_id, import_id, breaks, reason, accepted_by, accepted_at)
         VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)`,
        [
          principal.authorityId,
          id,
          statementImport.designatedAccountId,
          importId,
          JSON.stringify(open.map(({ key, kind, from, to, words }) => ({ key, kind, from, to, words }))),
          reason,
          principal.id,
          this.clock.now(),
        ],
      );
      return { id, importId, breaks: open.map(({ words }) => words) };
    });
  }
}
