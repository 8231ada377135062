import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { AccountingPeriods } from '@ringfence/ledger';
import type { IdempotentRequest } from '@ringfence/platform';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { period, periods } from './periods.responses.js';
import { PeriodDto } from './periods.dto.js';
import { presentPeriod } from './periods.presenter.js';

@ApiTags('periods')
@ApiBearerAuth()
@Controller('periods')
export class PeriodsController {
  constructor(private readonly accountingPeriods: AccountingPeriods) {}

  @Get()
  @ApiOperation({ summary: 'The accounting months that were ever closed or opened, newest first' })
  @Returns(200, periods)
  async list(@CurrentPrincipal() principal: Principal) {
    return { items: (await this.accountingPeriods.list(principal)).map(presentPeriod), nextCursor: null };
  }

  @Post()
  @ApiOperation({
    summary: 'Close a month, or open the latest closed one again with a reason (an approver who did not close it)',
  })
  @Repeatable()
  @Returns(201, period)
  async set(
    @CurrentPrincipal() principal: Principal,
    @Body() body: PeriodDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const { month, state, reason } = body;
    return presentPeriod(
      state === 'CLOSED'
        ? await this.accountingPeriods.close(principal, month, request)
        : await this.accountingPeriods.reopen(principal, month, reason, request),
    );
  }
}
