import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { BudgetReader } from '@ringfence/budgets';
import { authorise, type Principal } from '@ringfence/identity';
import { longDate, newId, Problem, requireId, requirePence } from '@ringfence/kernel';
import {
  AllocationLimitsReader,
  AllocateLines,
  StatementLines,
  type LineRow,
  type Target,
} from '@ringfence/reconciliation';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { formErrors, type FormErrors } from '../shell/errors.js';
import { goTo, show } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { requireBudgetId } from './budget.controller.js';
import { unsigned } from './budget.presenter.js';
import { amountText, excludedText } from './lines.presenter.js';
import { targetChoices, targetFrom } from './target-choices.js';

type Form = Readonly<Record<string, string | undefined>>;

/** What an officer decides by hand, each on a page of its own: what a line was for, and taking that back. */
@Controller('budgets/:budgetId')
export class ByHandController {
  constructor(
    private readonly budgets: BudgetReader,
    private readonly lines: StatementLines,
    private readonly allocations: AllocateLines,
    private readonly rooms: AllocationLimitsReader,
  ) {}

  @Get('lines/:lineId/allocate')
  async allocateForm(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showAllocate(reply, principalOf(request), budgetId, lineId, {}, undefined);
  }

  @Post('lines/:lineId/allocate')
  async allocate(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Body() form: Form,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    try {
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
    } catch (error) {
      const errors = refusal(error, ['target', 'amount', 'reasons', 'serviceDate'], 'target');
      return this.showAllocate(reply, principal, budgetId, lineId, form, errors);
    }
    request.session.told = 'The line was allocated.';
    return goTo(reply, `/budgets/${budgetId}#lines`);
  }

  @Get('lines/:lineId/allocations/:allocationId/undo')
  async undoForm(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Param('allocationId') allocationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.showUndo(reply, principalOf(request), { budgetId, lineId, allocationId }, {}, undefined);
  }

  @Post('lines/:lineId/allocations/:allocationId/undo')
  async undo(
    @Param('budgetId') budgetId: string,
    @Param('lineId') lineId: string,
    @Param('allocationId') allocationId: string,
    @Body() form: Form,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    try {
      await this.allocations.undo(principal, requireId(allocationId, '/allocationId'), reasonsOf(form), {
        key: requireId(form['key'], '/key'),
        operation: 'web undo-allocation',
        payload: { allocationId, ...form },
      });
    } catch (error) {
      const errors = refusal(error, ['reasons'], 'reasons');
      return this.showUndo(reply, principal, { budgetId, lineId, allocationId }, form, errors);
    }
    request.session.told = 'The allocation was undone.';
    return goTo(reply, `/budgets/${budgetId}#lines`);
  }

  private async showAllocate(
    reply: FastifyReply,
    principal: Principal,
    budget: string,
    lineId: string,
    kept: Form,
    errors: FormErrors | undefined,
  ): Promise<unknown> {
    const budgetId = requireBudgetId(budget);
    authorise(principal, 'lines.allocate', budgetId);
    const line = await this.lines.view(principal, requireLineId(lineId));
    const detail = await this.budgets.agreedBudget(principal, budgetId);
    const room = await this.rooms.view(principal, line.id, budgetId);
    const choices = targetChoices(detail, line, room, kept['target']);
    const excluded = excludedText(room);
    const model = { title: 'Say what this was for', ...aboutLine(line), budgetId, choices, excluded, key: newId() };
    const values = {
      amount: kept['amount'] ?? amountText(room),
      reasons: kept['reasons'] ?? '',
      serviceDate: kept['serviceDate'] ?? '',
    };
    return show(reply, 'budget/allocate', { ...model, kept: values, ...(errors ? { errors } : {}) } as never);
  }

  private async showUndo(
    reply: FastifyReply,
    principal: Principal,
    ids: { readonly budgetId: string; readonly lineId: string; readonly allocationId: string },
    kept: Form,
    errors: FormErrors | undefined,
  ): Promise<unknown> {
    const budgetId = requireBudgetId(ids.budgetId);
    authorise(principal, 'lines.allocate', budgetId);
    const line = await this.lines.view(principal, requireLineId(ids.lineId));
    const allocation = line.allocations.find(({ id }) => id === ids.allocationId);
    if (!allocation) throw new Problem('not-found', 'This allocation was undone already, or is not one of this line.');
    const model = {
      title: 'Undo what this was for',
      ...aboutLine(line),
      budgetId,
      allocationId: allocation.id,
      key: newId(),
    };
    const part = { amount: unsigned(allocation.amountPence), reasons: allocation.reasons };
    return show(reply, 'budget/undo', { ...model, part, kept, ...(errors ? { errors } : {}) } as never);
  }
}

function aboutLine(line: LineRow): object {
  return {
    lineId: line.id,
    when: longDate(line.lineDate),
    what: line.description,
    amount: unsigned(line.amountPence),
    direction: line.amountPence > 0n ? 'in' : 'out',
    remaining: unsigned(line.remainingPence),
  };
}

function reasonsOf(form: Form): string {
  const reasons = form['reasons']?.trim() ?? '';
  if (reasons === '') throw Problem.field('/reasons', 'Write why, in words that the family would understand.');
  return reasons;
}

function onDay(target: Target, form: Form): Target {
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

/** A refusal that the form can show; anything else, and what may not be known or done at all, goes on. */
function refusal(error: unknown, fields: readonly string[], otherwise: string): FormErrors {
  if (!(error instanceof Problem) || error.status === 403 || error.status === 404) throw error;
  return formErrors(error, fields, otherwise);
}
