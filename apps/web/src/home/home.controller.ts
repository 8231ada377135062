import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { BudgetReader, type InstalmentRow } from '@ringfence/budgets';
import { Receipts } from '@ringfence/evidence';
import { may } from '@ringfence/identity';
import { Reviews, type Review } from '@ringfence/reviews';
import { ActionsNeeded, FundingStreamSummaries } from '@ringfence/reporting';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { waitingReceiptsShownMax } from '../receipts/waiting-receipts.presenter.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { homePage, presentHome } from './home.presenter.js';
import { termsOf } from '../shell/vocabulary.js';

/** Most families have one; a provider of managed accounts has many. */
export const budgetsPerHomeMax = 10;

@Controller('home')
export class HomeController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly streams: FundingStreamSummaries,
    private readonly needs: ActionsNeeded,
    private readonly receipts: Receipts,
    private readonly reviews: Reviews,
  ) {}

  @Get()
  async home(
    @Query('after') after: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const page = { limit: budgetsPerHomeMax + 1, after: typeof after === 'string' && after !== '' ? after : undefined };
    // A bureau works through the API: the money of the budgets whose payroll it runs is not for it.
    const action = 'agreements.read';
    const found = may(principal, action) ? await this.budgets.listBudgets(principal, { action }, page) : [];
    const budgets = found.slice(0, budgetsPerHomeMax);
    const ids = budgets.map(({ id }) => id);
    const nextInstalments = new Map<string, InstalmentRow[]>();
    const nextReviews = new Map<string, Review | undefined>();
    const waitingReceipts = new Map<string, number>();
    for (const id of ids) {
      const states = ['expected', 'due'] as const;
      const coming = await this.budgets.listInstalments(
        principal,
        { budgetId: id, from: principal.today, states },
        { limit: 10 },
      );
      nextInstalments.set(
        id,
        coming.filter(({ dueOn }) => dueOn === coming[0]!.dueOn),
      );
      if (may(principal, 'receipts.upload', id)) {
        const filter = { budgetId: id, state: 'waiting', limit: waitingReceiptsShownMax } as const;
        waitingReceipts.set(id, (await this.receipts.list(principal, filter)).length);
      }
      if (!may(principal, 'reviews.read', id)) continue;
      nextReviews.set(id, await this.reviews.next(principal, id));
    }
    const facts = {
      today: principal.today,
      terms: termsOf(principal),
      budgets,
      streams: await this.streams.read(principal, ids),
      ...(await this.needs.read(principal, ids)),
      nextInstalments,
      nextReviews,
      waitingReceipts,
      maySend: new Set(ids.filter((id) => may(principal, 'statements.upload', id))),
      after: found.length > budgets.length ? budgets.at(-1)!.reference : null,
    };
    return render(reply, homePage, presentHome(facts));
  }
}
