import { Injectable } from '@nestjs/common';
import { accountOf } from '@ringfence/budgets';
import { Problem } from '@ringfence/kernel';
import { Database, HandlesJob, systemContext, type Transaction } from '@ringfence/platform';
import { commitUnderWay } from './commit-statement.js';
import { StatementImport } from '../records/statements.entities.js';
import { ImportProgress, noProgress } from './import-progress.js';

/**
 * The job that posts a large preview in one transaction, as the person who asked for it and with that person's rights.
 * It is idempotent: a killed one has posted nothing, and one that was done is left alone. What the books refuse
 * meanwhile (a month that was closed, a right that was taken away) gives the preview back, with the reason.
 */
@Injectable()
export class CommitStatement {
  constructor(private readonly database: Database) {}

  @HandlesJob('commit-statement')
  async run({ authorityId, importId }: { authorityId: string; importId: string }): Promise<void> {
    const system = systemContext(authorityId);
    const asked = await this.database.transaction(system, (tx) => committing(tx, importId));
    if (!asked?.commitRequest) return;
    const { principal, acceptAsNew, confirmed } = asked.commitRequest;
    const progress = new ImportProgress(this.database, system, importId);
    try {
      await this.database.transaction({ authorityId, principal }, async (tx) => {
        const statementImport = await committing(tx, importId);
        const account = await accountOf(tx, asked.designatedAccountId);
        if (!statementImport || !account) throw notSeen(importId);
        await commitUnderWay(tx, statementImport, account, { acceptAsNew, confirmed }, progress);
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await progress.settled();
      await this.database.transaction(system, (tx) =>
        tx.manager.update(
          StatementImport,
          { authorityId, id: importId, state: 'COMMITTING' },
          { state: 'PARSED', commitRequest: null, commitRefusal: error.message, ...noProgress },
        ),
      );
    }
  }
}

function committing(tx: Transaction, importId: string): Promise<StatementImport | null> {
  const { authorityId } = tx.context;
  return tx.manager.findOneBy(StatementImport, { authorityId, id: importId, state: 'COMMITTING' });
}

function notSeen(importId: string): Problem {
  return new Problem('not-found', `There is no statement import ${importId} that you can see.`);
}
