import { Injectable } from '@nestjs/common';
import { authorise, contextOf, may, type Principal } from '@ringfence/identity';
import { londonDay, longDate, Problem } from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import {
  foundInImport,
  questionNamed,
  readQuestions,
  writeAnswer,
  type AccountQuestion,
  type FoundInImport,
  type QuestionFilter,
} from './account-warnings.sql.js';
import { authoriseAccount, findImport } from '../records/import-access.js';

/** Open questions of one account that a budget's page looks at, the newest. */
export const questionsPerAccountMax = 200;
/** Lines that an import shows for each kind of question. */
export const warningExamplesMax = 3;

/**
 * What only a separate account can show, as questions with their evidence. They are found when a statement is read, asked
 * once its lines are posted, and settled by an officer; nothing happens to anybody by them alone.
 */
@Injectable()
export class AccountWarnings {
  constructor(private readonly database: Database) {}

  /** Of one account, newest line first; one more than `limit` where there are more. */
  async ofAccount(principal: Principal, filter: QuestionFilter): Promise<AccountQuestion[]> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      await authoriseAccount(tx, principal, 'statements.read', filter.designatedAccountId);
      return readQuestions(tx, { ...filter, limit: filter.limit + 1 });
    });
  }

  /** The open ones of a budget's accounts, of those that the reader sees; the newest of each account first. */
  async openOf(
    principal: Principal,
    budget: { readonly id: string; readonly accounts: readonly { readonly id: string }[] },
  ): Promise<AccountQuestion[]> {
    if (!may(principal, 'statements.read', budget.id)) return [];
    return this.database.transaction(contextOf(principal), async (tx) => {
      const found: AccountQuestion[] = [];
      for (const designatedAccountId of new Set(budget.accounts.map(({ id }) => id))) {
        const limit = questionsPerAccountMax;
        found.push(...(await readQuestions(tx, { designatedAccountId, budgetId: budget.id, open: true, limit })));
      }
      return found;
    });
  }

  /** One question, for the page on which it is answered. */
  async view(principal: Principal, id: string): Promise<AccountQuestion> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const question = await questionNamed(tx, id);
      if (!question) throw notThere(id);
      await authoriseAccount(tx, principal, 'statements.read', question.designatedAccountId);
      return question;
    });
  }

  /** What the new lines of a preview would raise; of a committed import, what is still open. */
  async ofImport(principal: Principal, importId: string): Promise<FoundInImport[]> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const { designatedAccountId } = await findImport(tx, importId);
      await authoriseAccount(tx, principal, 'statements.read', designatedAccountId);
      return foundInImport(tx, importId, warningExamplesMax);
    });
  }

  /** Records what an officer found out. `alike` answers every open question of the account with the same words too. */
  async answer(
    principal: Principal,
    id: string,
    { reasons, alike = false }: { readonly reasons: string; readonly alike?: boolean | undefined },
    request: IdempotentRequest,
  ): Promise<{ id: string; answered: number }> {
    authorise(principal, 'account-warnings.answer');
    return this.database.once(contextOf(principal), request, async (tx) => {
      const question = await questionNamed(tx, id);
      if (!question) throw notThere(id);
      await authoriseAccount(tx, principal, 'statements.read', question.designatedAccountId);
      if (question.settledBy === 'ANSWER') throw answeredBefore(question);
      const answered = await writeAnswer(tx, question, reasons, alike);
      if (answered === 0) throw answeredBefore((await questionNamed(tx, id)) ?? question);
      return { id, answered };
    });
  }
}

function notThere(id: string): Problem {
  return new Problem('not-found', `There is no question ${id} about an account that you can see.`);
}

function answeredBefore({ answeredAt, reasons }: AccountQuestion): Problem {
  const day = answeredAt === null ? '' : ` on ${longDate(londonDay(answeredAt))}`;
  return new Problem('conflict', `The question was answered${day} (“${reasons ?? ''}”): nothing is left to answer.`);
}
