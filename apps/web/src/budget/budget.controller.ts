import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { BudgetReader } from '@ringfence/budgets';
import { Receipts } from '@ringfence/evidence';
import { may, type Principal } from '@ringfence/identity';
import { addMonths, newId, Problem, requireId } from '@ringfence/kernel';
import { AllocateLines, StatementLines } from '@ringfence/reconciliation';
import { Reviews } from '@ringfence/reviews';
import { FundingStreamSummaries } from '@ringfence/reporting';
import { AccountWarnings } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import type { FormErrors } from '../shell/errors.js';
import { presentWaitingReceipts, waitingReceiptsShownMax } from '../receipts/waiting-receipts.presenter.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormRefusal } from '../shell/submit-form.js';
import { presentAccountQueries } from './account-queries.presenter.js';
import { budgetPage, presentBudget } from './budget.presenter.js';
import { acceptanceErrors, choiceFrom, continuation, presentLines, type LineChoice } from './lines.presenter.js';
import { termsOf } from '../shell/vocabulary.js';

export const linesPerBudgetPageMax = 25;
/** Instalments from half a year ago on. */
export const instalmentsShownMax = 12;
const instalmentMonthsBack = 6;

/** What a form on the budget's page carries: which lines were looked at, and the key that makes a repeat idempotent. */
interface LineForm {
  readonly key?: string;
  readonly show?: string;
}

@Controller('budgets/:budgetId')
export class BudgetController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly streams: FundingStreamSummaries,
    private readonly lines: StatementLines,
    private readonly allocations: AllocateLines,
    private readonly reviews: Reviews,
    private readonly warnings: AccountWarnings,
    private readonly receipts: Receipts,
  ) {}

  @Get()
  async budget(
    @Param('budgetId') budgetId: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showBudget(reply, principalOf(request), budgetId, choiceFrom(query['show']), query['after']);
  }

  @Post('suggestions/:suggestionId/accept')
  async accept(
    @Param('budgetId') budgetId: string,
    @Param('suggestionId') suggestionId: string,
    @Body() form: LineForm,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.decide(request, reply, budgetId, form, 'The suggestion was accepted.', async (principal) => {
      await this.allocations.accept(principal, [requireId(suggestionId, '/suggestionId')], {
        key: requireId(form.key, '/key'),
        operation: 'web accept-suggestion',
        payload: { suggestionId },
      });
    });
  }

  /** Several that the page showed: those that can be accepted, and in words why the others stay open. */
  @Post('suggestions/accept')
  async acceptShown(
    @Param('budgetId') budgetId: string,
    @Body() form: LineForm & { readonly suggestionIds?: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const suggestionIds = (form.suggestionIds ?? '').split(',').map((id) => requireId(id, '/suggestionIds'));
    return this.decide(
      request,
      reply,
      budgetId,
      form,
      `${suggestionIds.length} suggestions were accepted.`,
      async (principal) => {
        const { refused } = await this.allocations.acceptWhatCanBe(principal, suggestionIds, {
          key: requireId(form.key, '/key'),
          operation: 'web accept-suggestions',
          payload: { suggestionIds },
        });
        return acceptanceErrors(suggestionIds.length, refused);
      },
    );
  }

  @Post('suggestions/:suggestionId/reject')
  async reject(
    @Param('budgetId') budgetId: string,
    @Param('suggestionId') suggestionId: string,
    @Body() form: LineForm,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.decide(request, reply, budgetId, form, 'The suggestion was rejected.', (principal) =>
      this.allocations.reject(principal, requireId(suggestionId, '/suggestionId')),
    );
  }

  private async decide(
    request: FastifyRequest,
    reply: FastifyReply,
    budgetId: string,
    form: LineForm,
    flash: string,
    action: (principal: Principal) => Promise<FormErrors | void>,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const choice = choiceFrom(form.show);
    return submitForm(reply, {
      fields: ['lines'],
      act: async () => {
        const errors = await action(principal);
        if (errors) return { errors };
        return { goTo: `/budgets/${requireId(budgetId, '/budgetId')}?show=${choice}#lines`, flash };
      },
      showAgain: (refusal) => this.showBudget(reply, principal, budgetId, choice, undefined, refusal),
    });
  }

  private async showBudget(
    reply: FastifyReply,
    principal: Principal,
    id: string,
    choice: LineChoice,
    after: unknown,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    const budgetId = requireBudgetId(id);
    const { today } = principal;
    const terms = termsOf(principal);
    const budget = await this.budgets.agreedBudget(principal, budgetId);
    const lines = may(principal, 'statements.read', budgetId)
      ? await this.lines.list(principal, {
          budgetId,
          ...(choice === 'open' ? { state: 'OPEN' } : choice === 'part' ? { state: 'PART' } : {}),
          ...(choice === 'query' || choice === 'excluded' ? { verdict: choice } : {}),
          after: continuation(after),
          limit: linesPerBudgetPageMax,
        })
      : [];
    const mayReadReviews = may(principal, 'reviews.read', budgetId);
    const page = presentBudget({
      today,
      terms,
      budget,
      streams: await this.streams.read(principal, [budgetId]),
      instalments: await this.budgets.listInstalments(
        principal,
        { budgetId, from: addMonths(today, -instalmentMonthsBack) },
        { limit: instalmentsShownMax },
      ),
      reviews: mayReadReviews ? await this.reviews.ofBudget(principal, budgetId) : [],
    });
    const shown = presentLines({
      terms,
      budgetId,
      choice,
      lines: lines.slice(0, linesPerBudgetPageMax),
      more: lines.length > linesPerBudgetPageMax,
      mayAllocate: may(principal, 'lines.allocate', budgetId),
    });
    const maySend = may(principal, 'statements.upload', budgetId);
    // From the budget's first day to today: the whole of it, unless somebody chooses others.
    const downloadDays = may(principal, 'ledger.read', budgetId)
      ? { from: budget.startsOn < today ? budget.startsOn : today, to: today }
      : null;
    const mayAnswer = may(principal, 'account-warnings.answer');
    const queries = presentAccountQueries(budgetId, await this.warnings.openOf(principal, budget), mayAnswer);
    const waiting = may(principal, 'receipts.read', budgetId)
      ? await this.receipts.list(principal, { budgetId, state: 'waiting', limit: waitingReceiptsShownMax })
      : [];
    const receipts = presentWaitingReceipts(waiting, may(principal, 'receipts.upload', budgetId));
    const mayReadStatements = may(principal, 'statements.read', budgetId);
    const model = {
      ...page,
      lines: shown,
      maySend,
      mayReadStatements,
      mayReadReviews,
      queries,
      receipts,
      downloadDays,
      key: newId,
      errors: refusal?.errors,
    };
    return render(reply, budgetPage, model, refusal?.status);
  }
}

/** What is not an id names no budget. */
export function requireBudgetId(text: string): string {
  try {
    return requireId(text, '/budgetId');
  } catch {
    throw new Problem('not-found', 'There is no budget at this address that you can see.');
  }
}
