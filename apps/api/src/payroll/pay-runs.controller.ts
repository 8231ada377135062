import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { requireDate, requireId, decodeCursor, pageOf } from '@ringfence/kernel';
import { DecidePayRuns, PayRuns } from '@ringfence/payroll';
import type { IdempotentRequest } from '@ringfence/platform';
import type { FastifyReply } from 'fastify';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { payRunDetail, payRunEnded, payRunHeld, payRuns, payRunTaken } from './pay-runs.responses.js';
import { PayRunDecisionDto, PayRunDto, PayRunsQuery } from './pay-runs.dto.js';
import { runHeld, runListed, runSent, runShown, runTaken } from './pay-runs.examples.js';
import { presentRun, presentRunDetail } from './pay-runs.presenter.js';
import { payRunOf } from './pay-runs.reader.js';

@ApiTags('payroll')
@ApiBearerAuth()
@Controller('pay-runs')
export class PayRunsController {
  constructor(
    private readonly payRuns: PayRuns,
    private readonly decisions: DecidePayRuns,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Report a pay run, whole; it is accrued at its pay date, or waits for an officer with its reasons',
  })
  @Repeatable()
  @ApiBody({ type: PayRunDto, examples: { run: { summary: 'One payslip', value: runSent } } })
  @Returns(201, payRunTaken, { example: runTaken, orAccepted: payRunHeld, acceptedExample: runHeld })
  async submit(
    @CurrentPrincipal() principal: Principal,
    @Body() body: PayRunDto,
    @Idempotent() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.payRuns.submit(principal, payRunOf(body), request);
    if (answer.state === 'HELD') void reply.status(202);
    return answer;
  }

  @Get()
  @ApiOperation({ summary: 'Pay runs, latest pay date first, with the totals of the payslips that you may see' })
  @Returns(200, payRuns, { example: { items: [runListed], nextCursor: null } })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: PayRunsQuery) {
    const [payDate, id] = decodeCursor(query.cursor, 2) ?? [];
    const before =
      payDate && id ? { payDate: requireDate(payDate, '/cursor'), id: requireId(id, '/cursor') } : undefined;
    const rows = await this.payRuns.list(principal, { ...query, before });
    return pageOf(rows, query.limit, (row) => [row.payDate, row.id], presentRun);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One pay run with the payslips that you may see' })
  @Returns(200, payRunDetail, { example: runShown })
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentRunDetail(await this.payRuns.view(principal, id));
  }

  @Post(':id/acceptance')
  @ApiOperation({ summary: 'Accept a pay run that waits; it is posted as if it had come now' })
  @Repeatable()
  @Returns(201, payRunTaken, { example: runTaken })
  accept(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reasons }: PayRunDecisionDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.decisions.accept(principal, id, reasons, request);
  }

  @Post(':id/refusal')
  @ApiOperation({ summary: 'Refuse a pay run that waits; it stays on record, and its reference may be used again' })
  @Repeatable()
  @Returns(201, payRunEnded)
  refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reasons }: PayRunDecisionDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.decisions.refuse(principal, id, reasons, request);
  }

  @Post(':id/withdrawal')
  @ApiOperation({ summary: 'Withdraw a pay run of your own that waits; its reference may be used again' })
  @Repeatable()
  @Returns(201, payRunEnded)
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reasons }: PayRunDecisionDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.decisions.withdraw(principal, id, reasons, request);
  }
}
