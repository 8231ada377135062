import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { BudgetReader } from '@ringfence/budgets';
import { receiptBytesMax, Receipts } from '@ringfence/evidence';
import { authorise, type Principal } from '@ringfence/identity';
import { longDate, newId, Problem, requireId, requirePence } from '@ringfence/kernel';
import { StatementLines } from '@ringfence/reconciliation';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { unsigned } from '../budget/budget.presenter.js';
import { formErrors, type FormErrors } from '../shell/errors.js';
import { homeOf } from '../shell/navigation.js';
import { goTo, show } from '../shell/show.js';
import { principalOf } from '../shell/signed-in.js';
import { readUpload, type Upload } from './read-upload.js';

/** Payments offered for a receipt: the newest that have none. */
export const paymentsOfferedMax = 30;
const linesLookedAtMax = 200;

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
  @RouteConfig({ upload: true })
  async send(
    @Param('budgetId') budgetId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    let upload: Upload = { fields: {} };
    try {
      upload = await readUpload(request, reply);
      const { alreadyHeld } = await this.keep(principal, requireId(budgetId, '/budgetId'), upload);
      request.session.told = alreadyHeld
        ? 'We have this receipt already. Thank you.'
        : 'Thank you, we have your receipt.';
      return await goTo(reply, homeOf(principal) === '/home' ? '/home' : `/budgets/${budgetId}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
      const errors = formErrors(error, ['file', 'payment', 'amount', 'supplier'], 'file');
      return this.showForm(reply, principal, budgetId, upload.fields, errors);
    }
  }

  private async keep(
    principal: Principal,
    budgetId: string,
    { fields, file }: Upload,
  ): Promise<{ alreadyHeld: boolean }> {
    if (!file) throw Problem.field('/file', 'Choose the receipt that you want to send: a photograph or a PDF.');
    const [payment, amount, supplier] = ['payment', 'amount', 'supplier'].map((name) => fields[name]?.trim() ?? '');
    return this.receipts.upload(
      principal,
      {
        budgetId,
        fileName: file.name,
        bytes: file.bytes,
        ...(payment ? { statementLineId: requireId(payment, '/payment') } : {}),
        ...(amount ? { amountPence: requirePence(amount.replace(/^£/, '').replaceAll(',', ''), '/amount') } : {}),
        ...(supplier ? { supplier } : {}),
      },
      { key: requireId(fields['key'], '/key'), operation: 'web send-receipt', payload: { budgetId, ...fields } },
    );
  }

  private async showForm(
    reply: FastifyReply,
    principal: Principal,
    budgetId: string,
    kept: Readonly<Record<string, string>>,
    errors: FormErrors | undefined,
  ): Promise<unknown> {
    authorise(principal, 'receipts.upload', requireId(budgetId, '/budgetId'));
    const { child } = await this.budgets.budget(principal, budgetId);
    const lines = await this.lines.list(principal, { budgetId, limit: linesLookedAtMax });
    const waiting = lines.filter((line) => line.amountPence < 0n && line.receipts.length === 0);
    return show(reply, 'upload/send-receipt', {
      title: 'Send a receipt',
      budgetId,
      childName: child.name,
      key: newId(),
      sizeMegabytes: receiptBytesMax / 1024 / 1024,
      payments: [
        { value: '', text: 'None of these, or I am not sure' },
        ...waiting.slice(0, paymentsOfferedMax).map((line) => ({
          value: line.id,
          text: `${longDate(line.lineDate)}, ${unsigned(line.amountPence)}, ${line.description.slice(0, 60)}`,
          selected: kept['payment'] === line.id,
        })),
      ],
      kept,
      ...(errors ? { errors } : {}),
    } as never);
  }
}
