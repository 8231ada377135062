import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { BudgetReader } from '@ringfence/budgets';
import { receiptBytesMax, Receipts, type ReceiptKept } from '@ringfence/evidence';
import { authoriseOn, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { StatementLines } from '@ringfence/reconciliation';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requireBudgetId } from '../budget/budget.controller.js';
import { linesLookedAtMax, paymentChoices } from '../receipts/payment-choices.js';
import { formErrors, statusOfForm, type FormErrors } from '../shell/errors.js';
import { homeOf } from '../shell/navigation.js';
import { sayWhenToRetry } from '../shell/problem-pages.js';
import { goTo, show } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { readUpload, type Upload } from './read-upload.js';
import { decisionAddress, receiptFrom, receiptTold } from './receipt-upload.js';

@Controller('budgets/:budgetId/send-receipt')
export class SendReceiptController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly lines: StatementLines,
    private readonly receipts: Receipts,
  ) {}

  @Get()
  async form(
    @Param('budgetId') budgetId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showForm(reply, principalOf(request), budgetId, {}, undefined);
  }

  @Post()
  @RouteConfig({ upload: true, keeps: 'RECEIPT' })
  async send(
    @Param('budgetId') budgetId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    let upload: Upload = { fields: {} };
    try {
      this.receipts.authoriseUpload(principal);
      const id = requireBudgetId(budgetId);
      upload = await readUpload(request, reply, (_, bytes) => this.receipts.admit(principal, { budgetId: id }, bytes));
      const kept = await this.keep(principal, id, upload);
      const { statementLineId } = kept;
      const payment = statementLineId === null ? undefined : await this.lines.view(principal, statementLineId);
      request.session.told = receiptTold(kept, payment);
      return await goTo(reply, homeOf(principal) === '/home' ? '/home' : `/budgets/${budgetId}`);
    } catch (error) {
      const decision = decisionAddress(error, budgetId, upload.fields);
      if (decision !== undefined) return goTo(reply, decision);
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      const errors = formErrors(error, ['file', 'payment', 'amount', 'supplier'], 'file');
      sayWhenToRetry(reply, error);
      return this.showForm(reply, principal, budgetId, upload.fields, errors, statusOfForm(error));
    }
  }

  private async keep(principal: Principal, budgetId: string, { fields, file }: Upload): Promise<ReceiptKept> {
    if (!file) throw Problem.field('/file', 'Choose the receipt that you want to send: a photograph or a PDF.');
    return this.receipts.upload(principal, receiptFrom(budgetId, fields, file), {
      key: requireId(fields['key'], '/key'),
      operation: 'web send-receipt',
      payload: { budgetId, ...fields },
    });
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budgetId: string,
    kept: Readonly<Record<string, string>>,
    errors: FormErrors | undefined,
    status?: number,
  ): Promise<unknown> {
    authoriseOn(principal, 'receipts.upload', requireBudgetId(budgetId));
    const { child } = await this.budgets.agreedBudget(principal, budgetId);
    const lines = await this.lines.list(principal, { budgetId, limit: linesLookedAtMax });
    const model = {
      title: 'Send a receipt',
      budgetId,
      childName: child.name,
      key: newId(),
      sizeMegabytes: receiptBytesMax / 1024 / 1024,
      payments: paymentChoices(lines, kept['payment'] ?? null, 'None of these, or I am not sure'),
      kept,
      ...(errors ? { errors } : {}),
    };
    return show(reply, 'upload/send-receipt', model, status);
  }
}
