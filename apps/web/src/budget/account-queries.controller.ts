import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { authorise, type Principal } from '@ringfence/identity';
import { londonDay, longDate, newId, Problem, requireId } from '@ringfence/kernel';
import { type AccountQuestion, accountWarningKind, AccountWarnings } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import type { FormValues } from '../shell/forms.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormRefusal } from '../shell/submit-form.js';
import { answerQueryPage, evidenceOf } from './account-queries.presenter.js';
import { requireBudgetId } from './budget.controller.js';

/** Where an officer answers the queries of an account. */
@Controller('budgets/:budgetId/account-queries/:queryId')
export class AccountQueriesController {
  constructor(private readonly warnings: AccountWarnings) {}

  @Get()
  async form(
    @Param('budgetId') budgetId: string,
    @Param('queryId') queryId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showForm(reply, principalOf(request), budgetId, queryId, {});
  }

  @Post()
  async answer(
    @Param('budgetId') budgetId: string,
    @Param('queryId') queryId: string,
    @Body() form: FormValues,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    return submitForm(reply, {
      fields: ['reasons'],
      act: async () => {
        const reasons = form['reasons']?.trim() ?? '';
        if (reasons === '') throw Problem.field('/reasons', 'Write what you found out.');
        const { answered } = await this.warnings.answer(
          principal,
          requireQueryId(queryId),
          { reasons, alike: form['alike'] === 'yes' },
          {
            key: requireId(form['key'], '/key'),
            operation: 'web answer-account-query',
            payload: { queryId, ...form },
          },
        );
        const flash = answered === 1 ? 'The query was answered.' : `${answered} queries were answered.`;
        return { goTo: `/budgets/${requireBudgetId(budgetId)}`, flash };
      },
      showAgain: (refusal) => this.showForm(reply, principal, budgetId, queryId, form, refusal),
    });
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budget: string,
    queryId: string,
    kept: FormValues,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    const budgetId = requireBudgetId(budget);
    authorise(principal, 'account-warnings.answer');
    const question = await this.warnings.view(principal, requireQueryId(queryId));
    const { name, question: words, source } = accountWarningKind(question.code);
    const model = {
      id: question.id,
      budgetId,
      title: name,
      question: words,
      source,
      evidence: evidenceOf(question),
      seen: question.subject,
      settled: settledInWords(question),
      kept,
      key: newId(),
      errors: refusal?.errors,
    };
    return render(reply, answerQueryPage, model, refusal?.status);
  }
}

function settledInWords({ settledBy, answeredAt, reasons }: AccountQuestion): string | null {
  if (settledBy === 'ANSWER' && answeredAt) return `Answered on ${longDate(londonDay(answeredAt))}: ${reasons ?? ''}`;
  if (settledBy === 'SPENDING_RULE')
    return 'A spending rule has raised the same query about this payment: it is settled there.';
  if (settledBy === 'LINE_EXPLAINED') return 'This payment is allocated: there is nothing left to ask.';
  return null;
}

function requireQueryId(text: string): string {
  try {
    return requireId(text, '/queryId');
  } catch {
    throw new Problem('not-found', 'There is no query at this address that you can see.');
  }
}
