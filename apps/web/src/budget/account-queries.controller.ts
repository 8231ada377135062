import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { authorise, type Principal } from '@ringfence/identity';
import { londonDay, longDate, newId, Problem, requireId } from '@ringfence/kernel';
import { type AccountQuestion, accountWarningKind, AccountWarnings } from '@ringfence/statements';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { formErrors, type FormErrors } from '../shell/errors.js';
import { goTo, show } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { evidenceOf } from './account-queries.presenter.js';
import { requireBudgetId } from './budget.controller.js';

type Form = Readonly<Record<string, string | undefined>>;

/** Where an officer answers what an account raises. */
@Controller('budgets/:budgetId/account-questions/:questionId')
export class AccountQuestionsController {
  constructor(private readonly warnings: AccountWarnings) {}

  @Get()
  async form(
    @Param('budgetId') budgetId: string,
    @Param('questionId') questionId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showForm(reply, principalOf(request), budgetId, questionId, {});
  }

  @Post()
  async answer(
    @Param('budgetId') budgetId: string,
    @Param('questionId') questionId: string,
    @Body() form: Form,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    try {
      const reasons = form['reasons']?.trim() ?? '';
      if (reasons === '') throw Problem.field('/reasons', 'Write what you found out.');
      const { answered } = await this.warnings.answer(
        principal,
        requireQuestionId(questionId),
        { reasons, alike: form['alike'] === 'yes' },
        {
          key: requireId(form['key'], '/key'),
          operation: 'web answer-account-question',
          payload: { questionId, ...form },
        },
      );
      request.session.told = answered === 1 ? 'The question was answered.' : `${answered} questions were answered.`;
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      return this.showForm(reply, principal, budgetId, questionId, form, formErrors(error, ['reasons'], 'reasons'));
    }
    return goTo(reply, `/budgets/${requireBudgetId(budgetId)}`);
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budget: string,
    questionId: string,
    kept: Form,
    errors?: FormErrors,
  ): Promise<unknown> {
    const budgetId = requireBudgetId(budget);
    authorise(principal, 'account-warnings.answer');
    const question = await this.warnings.view(principal, requireQuestionId(questionId));
    const { name, question: words, source } = accountWarningKind(question.code);
    const model = {
      title: name,
      question: words,
      source,
      evidence: evidenceOf(question),
      seen: question.subject,
      settled: settledInWords(question),
    };
    const form = { id: question.id, budgetId, kept, key: newId(), ...(errors ? { errors } : {}) };
    return show(reply, 'budget/answer-query', { ...model, ...form } as never);
  }
}

function settledInWords({ settledBy, answeredAt, reasons }: AccountQuestion): string | null {
  if (settledBy === 'ANSWER' && answeredAt) return `Answered on ${longDate(londonDay(answeredAt))}: ${reasons ?? ''}`;
  if (settledBy === 'SPENDING_RULE') return 'A spending rule asks the same about this payment: it is settled there.';
  if (settledBy === 'LINE_EXPLAINED') return 'What this payment was for is known: there is nothing left to ask.';
  return null;
}

function requireQuestionId(text: string): string {
  try {
    return requireId(text, '/questionId');
  } catch {
    throw new Problem('not-found', 'There is no question at this address that you can see.');
  }
}
