import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { CsvExports } from '@ringfence/reporting';
import type { FastifyReply } from 'fastify';
import { ReturnsCsv, sendCsv } from '../http/csv-response.js';
import { CurrentPrincipal } from '../http/request-context.js';
import { BalancesQuery, StatementOfAccountQuery, TrialBalanceQuery, WorkListQuery } from './reports.dto.js';

/** The reports again, as files. By path, because a link cannot say what it accepts. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('reports')
export class CsvReportsController {
  constructor(private readonly exports: CsvExports) {}

  @Get('balances.csv')
  @ReturnsCsv()
  @ApiOperation({ summary: 'What each stream of a budget holds, at the end of a day, as CSV' })
  async balances(
    @CurrentPrincipal() principal: Principal,
    @Query() query: BalancesQuery,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return sendCsv(reply, await this.exports.balances(principal, query.budgetId, query.at));
  }

  @Get('statement-of-account.csv')
  @ReturnsCsv()
  @ApiOperation({ summary: 'The statement of account of a budget as CSV, of any length' })
  async statement(
    @CurrentPrincipal() principal: Principal,
    @Query() query: StatementOfAccountQuery,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return sendCsv(reply, await this.exports.statementOfAccount(principal, query));
  }

  @Get('trial-balance.csv')
  @ReturnsCsv()
  @ApiOperation({ summary: 'The authority’s trial balance, of a month or of everything posted, as CSV' })
  async trialBalance(
    @CurrentPrincipal() principal: Principal,
    @Query() query: TrialBalanceQuery,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return sendCsv(reply, await this.exports.trialBalance(principal, query.month));
  }

  @Get('work-list.csv')
  @ReturnsCsv()
  @ApiOperation({ summary: 'What each budget needs of an officer, as CSV' })
  async workList(
    @CurrentPrincipal() principal: Principal,
    @Query() query: WorkListQuery,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return sendCsv(reply, await this.exports.workList(principal, query));
  }
}
