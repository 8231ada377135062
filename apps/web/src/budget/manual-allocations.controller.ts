import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { BudgetReader } from '@ringfence/budgets';
import { authorise, type Principal } from '@ringfence/identity';
import { newId, Problem, requireId, requirePence } from '@ringfence/kernel';
import { AllocateLines, AllocationLimitsReader, StatementLines, type Target } from '@ringfence/reconciliation';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { unsigned } from '../shell/formatting.js';
import type { FormValues } from '../shell/forms.js';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { submitForm, type FormRefusal } from '../shell/submit-form.js';
import { requireBudgetId } from './budget.controller.js';
import { amountText, excludedText } from './lines.presenter.js';
import { allocatePage, presentLineInForm, undoPage } from './manual-allocations.presenter.js';
import { targetChoices, targetFrom } from './target-choices.js';

/** What an officer does manually, each on a page of its own: allocates a line, and undoes an allocation. */
@Controller('budgets/:budgetId')
export class ManualAllocationsController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly lines: StatementLines,
    private readonly allocations: AllocateLines,
    private readonly limits: AllocationLimitsReader,
  ) {}

  @Get('lines/:lineId/allocate')
  async allocateForm(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showAllocate(reply, principalOf(request), budgetId, lineId, {});
  }

  @Post('lines/:lineId/allocate')
  async allocate(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Body() form: FormValues,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    return submitForm(reply, {
      fields: ['target', 'amount', 'reasons', 'serviceDate'],
      act: async () => {
        const line = await this.lines.view(principal, requireLineId(lineId));
        const amount = requirePence((form['amount'] ?? '').trim().replace(/^£/, '').replaceAll(',', ''), '/amount');
        const target = targetFrom(form['target'], requireBudgetId(budgetId));
        await this.allocations.allocate(
          principal,
          {
            statementLineId: line.id,
            parts: [{ amountPence: line.amountPence < 0n ? -amount : amount, target: onDay(target, form) }],
            reasons: reasonsOf(form),
          },
          { key: requireId(form['key'], '/key'), operation: 'web allocate', payload: { lineId, ...form } },
        );
        return { goTo: `/budgets/${budgetId}#lines`, flash: 'The transaction was allocated.' };
      },
      showAgain: (refusal) => this.showAllocate(reply, principal, budgetId, lineId, form, refusal),
    });
  }

  @Get('lines/:lineId/allocations/:allocationId/undo')
  async undoForm(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Param('allocationId') allocationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showUndo(reply, principalOf(request), { budgetId, lineId, allocationId }, {});
  }

  @Post('lines/:lineId/allocations/:allocationId/undo')
  async undo(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Param('allocationId') allocationId: string,
    @Body() form: FormValues,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    return submitForm(reply, {
      fields: ['reasons'],
      act: async () => {
        await this.allocations.undo(principal, requireId(allocationId, '/allocationId'), reasonsOf(form), {
          key: requireId(form['key'], '/key'),
          operation: 'web undo-allocation',
          payload: { allocationId, ...form },
        });
        return { goTo: `/budgets/${budgetId}#lines`, flash: 'The allocation was undone.' };
      },
      showAgain: (refusal) => this.showUndo(reply, principal, { budgetId, lineId, allocationId }, form, refusal),
    });
  }

  private async showAllocate(
    reply: FastifyReply,
    principal: Principal,
    budget: string,
    lineId: string,
    kept: FormValues,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    const budgetId = requireBudgetId(budget);
    authorise(principal, 'lines.allocate', budgetId);
    const line = await this.lines.view(principal, requireLineId(lineId));
    const detail = await this.budgets.agreedBudget(principal, budgetId);
    const limits = await this.limits.view(principal, line.id, budgetId);
    const choices = targetChoices(detail, line, limits, kept['target']);
    const excluded = excludedText(limits);
    const values = {
      amount: kept['amount'] ?? amountText(limits),
      reasons: kept['reasons'] ?? '',
      serviceDate: kept['serviceDate'] ?? '',
    };
    const model = { ...presentLineInForm(line), budgetId, choices, excluded, key: newId(), kept: values };
    const title = 'Allocate a transaction';
    return render(reply, allocatePage, { title, ...model, errors: refusal?.errors }, refusal?.status);
  }

  private async showUndo(
    reply: FastifyReply,
    principal: Principal,
    ids: { readonly budgetId: string; readonly lineId: string; readonly allocationId: string },
    kept: FormValues,
    refusal?: FormRefusal,
  ): Promise<unknown> {
    const budgetId = requireBudgetId(ids.budgetId);
    authorise(principal, 'lines.allocate', budgetId);
    const line = await this.lines.view(principal, requireLineId(ids.lineId));
    const allocation = line.allocations.find(({ id }) => id === ids.allocationId);
    if (!allocation) throw new Problem('not-found', 'This allocation was undone already, or is not one of this line.');
    const model = {
      title: 'Undo an allocation',
      ...presentLineInForm(line),
      budgetId,
      allocationId: allocation.id,
      part: { amount: unsigned(allocation.amountPence), reasons: allocation.reasons },
      kept,
      key: newId(),
      errors: refusal?.errors,
    };
    return render(reply, undoPage, model, refusal?.status);
  }
}

function reasonsOf(form: FormValues): string {
  const reasons = form['reasons']?.trim() ?? '';
  if (reasons === '') throw Problem.field('/reasons', 'Write why, in words that the family would understand.');
  return reasons;
}

function onDay(target: Target, form: FormValues): Target {
  const serviceDate = form['serviceDate']?.trim();
  return target.type === 'budget-line' && serviceDate ? { ...target, serviceDate } : target;
}

function requireLineId(text: string): string {
  try {
    return requireId(text, '/lineId');
  } catch {
    throw new Problem('not-found', 'There is no statement line at this address that you can see.');
  }
}
