import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { requireDate, requireId } from '@ringfence/kernel';
import { PayRuns } from '@ringfence/payroll';
import type { IdempotentRequest } from '@ringfence/platform';
import { Answers } from '../http/answers.js';
import { decodeCursor, pageOf } from '../http/pages.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { payRunDetail, payRuns, payRunTaken } from './pay-runs.answers.js';
import { PayRunDto, PayRunsQuery } from './pay-runs.dto.js';
import { runListed, runSent, runShown, runTaken } from './pay-runs.examples.js';
import { presentRun, presentRunDetail } from './pay-runs.presenter.js';
import { payRunOf } from './pay-runs.reader.js';

const repeatable = { name: 'Idempotency-Key', required: true, description: 'The same key repeats the first answer' };

@ApiTags('payroll')
@ApiBearerAuth()
@Controller('pay-runs')
export class PayRunsController {
  constructor(private readonly payRuns: PayRuns) {}

  @Post()
  @ApiOperation({ summary: 'Report a pay run, whole; it is accrued at its pay date' })
  @ApiHeader(repeatable)
  @ApiBody({ type: PayRunDto, examples: { run: { summary: 'One payslip', value: runSent } } })
  @Answers(201, payRunTaken, { example: runTaken })
  submit(@CurrentPrincipal() principal: Principal, @Body() body: PayRunDto, @Idempotent() request: IdempotentRequest) {
    return this.payRuns.submit(principal, payRunOf(body), request);
  }

  @Get()
  @ApiOperation({ summary: 'Pay runs, latest pay date first, with the totals of the payslips that you may see' })
  @Answers(200, payRuns, { example: { items: [runListed], nextCursor: null } })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: PayRunsQuery) {
    const [payDate, id] = decodeCursor(query.cursor, 2) ?? [];
    const before =
      payDate && id ? { payDate: requireDate(payDate, '/cursor'), id: requireId(id, '/cursor') } : undefined;
    const rows = await this.payRuns.list(principal, { ...query, before });
    return pageOf(rows, query.limit, (row) => [row.payDate, row.id], presentRun);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One pay run with the payslips that you may see' })
  @Answers(200, payRunDetail, { example: runShown })
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentRunDetail(await this.payRuns.view(principal, id));
  }
}
