import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { BudgetReader } from '@ringfence/budgets';
import { authoriseOn, may, type Principal } from '@ringfence/identity';
import { Problem } from '@ringfence/kernel';
import { StatementMonths } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requireBudgetId } from '../budget/budget.controller.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import {
  monthKey,
  monthsPage,
  presentAccountMonths,
  type AccountMonths,
  type SharedAccount,
} from './months.presenter.js';
import { termsOf } from '../shell/vocabulary.js';

export const accountsPerMonthsPageMax = 20;

/** Which months the statements of a budget's accounts hold: as a picture, and as a table that says the same. */
@Controller()
export class MonthsController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly months: StatementMonths,
  ) {}

  @Get('/budgets/:budgetId/statement-months')
  async view(
    @Param('budgetId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const budgetId = requireBudgetId(id);
    authoriseOn(principal, 'statements.read', budgetId);
    const { child } = await this.budgets.agreedBudget(principal, budgetId);
    const limit = accountsPerMonthsPageMax;
    const accounts = await this.budgets.listDesignatedAccounts(principal, { budgetId }, { limit });
    return render(reply, monthsPage, {
      title: 'Statements month by month',
      budgetId,
      childName: child.name,
      key: monthKey(termsOf(principal)),
      maySend: may(principal, 'statements.upload', budgetId),
      accounts: await Promise.all(accounts.map((account) => this.monthsOf(principal, account))),
    });
  }

  private async monthsOf(
    principal: Principal,
    { id, name }: { readonly id: string; readonly name: string },
  ): Promise<AccountMonths | SharedAccount> {
    try {
      return presentAccountMonths(await this.months.view(principal, id), termsOf(principal));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not-permitted') throw error;
      return { id, name, shared: true };
    }
  }
}
