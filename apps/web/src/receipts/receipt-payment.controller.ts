import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Receipts } from '@ringfence/evidence';
import { authorise, type Principal } from '@ringfence/identity';
import { Problem, requireId } from '@ringfence/kernel';
import { StatementLines } from '@ringfence/reconciliation';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requireBudgetId } from '../budget/budget.controller.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormRefusal } from '../shell/submit-form.js';
import { linesLookedAtMax, paymentChoices, paymentInWords } from './payment-choices.js';
import { receiptPaymentPage } from './receipt-payment.page.js';
import { aboutReceipt, paymentAddress } from './waiting-receipts.presenter.js';

/** Where somebody says which payment a receipt is for, or that it is for none of them after all. */
@Controller('budgets/:budgetId/receipts/:receiptId/payment')
export class ReceiptPaymentController {
  constructor(
    private readonly receipts: Receipts,
    private readonly lines: StatementLines,
  ) {}

  @Get()
  async form(
    @Param('budgetId') budgetId: string,
    @Param('receiptId') receiptId: string,
    @Query('payment') asked: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const chosen = typeof asked === 'string' ? asked : undefined;
    return this.showForm(reply, principalOf(request), requireBudgetId(budgetId), receiptId, chosen);
  }

  @Post()
  async choose(
    @Param('budgetId') budget: string,
    @Param('receiptId') receiptId: string,
    @Body('payment') payment: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const [principal, budgetId] = [principalOf(request), requireBudgetId(budget)];
    const receipt = await this.receipt(principal, budgetId, receiptId);
    return submitForm(reply, {
      fields: ['payment'],
      act: async () => {
        const none = payment === '' || payment === undefined;
        if (none && receipt.statementLineId === null) throw Problem.field('/payment', 'Choose the payment.');
        const statementLineId = none ? null : requireId(payment, '/payment');
        await this.receipts.change(principal, receipt.id, { statementLineId });
        const flash =
          statementLineId === null
            ? 'The receipt has no payment now.'
            : `The receipt goes with this payment now: ${paymentInWords(await this.lines.view(principal, statementLineId))}.`;
        return { goTo: `/budgets/${budgetId}#receipts`, flash };
      },
      showAgain: (refusal) => this.showForm(reply, principal, budgetId, receiptId, undefined, refusal),
    });
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budgetId: string,
    receiptId: string,
    asked: string | undefined,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    const receipt = await this.receipt(principal, budgetId, receiptId);
    const current = receipt.statementLineId;
    const lines = await this.lines.list(principal, { budgetId, limit: linesLookedAtMax });
    const chosen = current === null ? undefined : await this.lines.view(principal, current);
    const known = chosen && !lines.some(({ id }) => id === chosen.id) ? [chosen, ...lines] : lines;
    const model = {
      title: 'Which payment is the receipt for?',
      budgetId,
      action: paymentAddress(budgetId, receipt.id),
      what: receipt.supplier ?? receipt.fileName,
      about: aboutReceipt(receipt),
      current: chosen ? paymentInWords(chosen) : null,
      asked: asked !== undefined && current !== null && asked !== current,
      payments: paymentChoices(known, asked ?? current, current === null ? 'Choose a payment' : 'None of these'),
      errors: refusal?.errors,
    };
    return render(reply, receiptPaymentPage, model, refusal?.status);
  }

  /** One of this budget: the address names both. */
  private async receipt(principal: Principal, budgetId: string, receiptId: string) {
    authorise(principal, 'receipts.upload', budgetId);
    const receipt = await this.receipts.view(principal, requireReceiptId(receiptId));
    if (receipt.budgetId !== budgetId) throw notFound();
    return receipt;
  }
}

function requireReceiptId(text: string): string {
  try {
    return requireId(text, '/receiptId');
  } catch {
    throw notFound();
  }
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no receipt at this address that you can see.');
}
