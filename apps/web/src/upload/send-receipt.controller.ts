import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { BudgetReader } from '@ringfence/budgets';
import { receiptBytesMax, Receipts } from '@ringfence/evidence';
import { authoriseOn, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId } from '@ringfence/kernel';
import { StatementLines } from '@ringfence/reconciliation';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requireBudgetId } from '../budget/budget.controller.js';
import { linesLookedAtMax, paymentChoices } from '../receipts/payment-choices.js';
import { homeOf } from '../shell/navigation.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormDone, type FormRefusal } from '../shell/submit-form.js';
import { readUpload, type Upload } from './read-upload.js';
import { decisionAddress, receiptFlash, receiptFrom } from './receipt-upload.js';
import { sendReceiptPage } from './upload.pages.js';

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
    return this.showForm(reply, principalOf(request), budgetId, {});
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
    return submitForm(reply, {
      fields: ['file', 'payment', 'amount', 'supplier'],
      act: async () => {
        this.receipts.authoriseUpload(principal);
        const id = requireBudgetId(budgetId);
        upload = await readUpload(request, reply, (_, bytes) =>
          this.receipts.admit(principal, { budgetId: id }, bytes),
        );
        return this.keep(principal, id, upload).catch((error: unknown) => {
          const decision = decisionAddress(error, budgetId, upload.fields);
          if (decision === undefined) throw error;
          return { goTo: decision };
        });
      },
      showAgain: (refusal) => this.showForm(reply, principal, budgetId, upload.fields, refusal),
    });
  }

  private async keep(principal: Principal, budgetId: string, { fields, file }: Upload): Promise<FormDone> {
    if (!file) throw Problem.field('/file', 'Choose the receipt that you want to send: a photograph or a PDF.');
    const kept = await this.receipts.upload(principal, receiptFrom(budgetId, fields, file), {
      key: requireId(fields['key'], '/key'),
      operation: 'web send-receipt',
      payload: { budgetId, ...fields },
    });
    const { statementLineId } = kept;
    const payment = statementLineId === null ? undefined : await this.lines.view(principal, statementLineId);
    return {
      goTo: homeOf(principal) === '/home' ? '/home' : `/budgets/${budgetId}`,
      flash: receiptFlash(kept, payment),
    };
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budgetId: string,
    kept: Readonly<Record<string, string>>,
    refusal?: FormRefusal,
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
      errors: refusal?.errors,
    };
    return render(reply, sendReceiptPage, model, refusal?.status);
  }
}
