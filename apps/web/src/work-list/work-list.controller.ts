import { may } from '@ringfence/identity';
import { PayRuns } from '@ringfence/payroll';
import { WorkList } from '@ringfence/reporting';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { render } from '../shell/render.js';
import { principalOf } from '../shell/signed-in.js';
import { filterFrom, presentWorkList, workListPage } from './work-list.presenter.js';

@Controller('work-list')
export class WorkListController {
  constructor(
    private readonly workList: WorkList,
    private readonly payRuns: PayRuns,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const principal = principalOf(request);
    const filter = filterFrom(query);
    const answer = await this.workList.read(principal, filter);
    const mayBalance = may(principal, 'periods.read');
    const heldRuns = may(principal, 'pay-runs.decide') ? await this.payRuns.heldCount(principal) : 0;
    return render(reply, workListPage, { ...presentWorkList(principal.today, filter, answer), mayBalance, heldRuns });
  }
}
