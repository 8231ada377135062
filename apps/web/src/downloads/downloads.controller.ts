import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { BudgetReader } from '@ringfence/budgets';
import { calendarDate, longDate, Problem, type CalendarDate } from '@ringfence/kernel';
import { CsvExports, csvHeaders, csvStream, type CsvFile } from '@ringfence/reporting';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requireBudgetId } from '../budget/budget.controller.js';
import { principalOf } from '../shell/signed-in.js';
import { filterFrom } from '../work-list/work-list.presenter.js';

/** What the pages show, to be kept or looked at in a spreadsheet: the same files as the API gives. */
@Controller()
export class DownloadsController {
  constructor(
    private readonly exports: CsvExports,
    private readonly budgets: BudgetReader,
  ) {}

  @Get('/budgets/:budgetId/statement-of-account.csv')
  async statementOfAccount(
    @Param('budgetId') budgetId: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    // A budget that is not there is a page that is not there, whatever the days.
    const { id } = await this.budgets.agreedBudget(principal, requireBudgetId(budgetId));
    const [from, to] = [requireDay(query['from'], 'first'), requireDay(query['to'], 'last')];
    if (to < from) {
      throw new Problem(
        'invalid-request',
        `The last day of the file, ${longDate(to)}, is before the first, ${longDate(from)}: go back and choose others.`,
      );
    }
    return download(reply, await this.exports.statementOfAccount(principal, { budgetId: id, from, to }));
  }

  @Get('/work-list.csv')
  async workList(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return download(reply, await this.exports.workList(principalOf(request), filterFrom(query)));
  }

  @Get('/trial-balance.csv')
  async trialBalance(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    return download(reply, await this.exports.trialBalance(principalOf(request)));
  }
}

async function download(reply: FastifyReply, file: CsvFile): Promise<FastifyReply> {
  return reply.header('cache-control', 'no-store').headers(csvHeaders(file)).send(csvStream(file));
}

function requireDay(given: unknown, which: 'first' | 'last'): CalendarDate {
  const day = typeof given === 'string' ? calendarDate(given.trim()) : undefined;
  if (day) return day;
  throw new Problem(
    'invalid-request',
    `The ${which} day of the file is ${JSON.stringify(given ?? '')}: go back and choose a day, written as 2026-04-01.`,
  );
}
