import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { LedgerReports } from '@ringfence/reporting';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal } from '../http/request-context.js';
import { statementOfAccount, streamBalances, trialBalance } from './reports.responses.js';
import { BalancesQuery, StatementOfAccountQuery, TrialBalanceQuery } from './reports.dto.js';
import { presentAccountStatement, presentStreamBalance, presentTrialBalanceRow } from './reports.presenter.js';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('reports')
export class ReportsController {
  constructor(private readonly reports: LedgerReports) {}

  @Get('balances')
  @ApiOperation({ summary: 'What each stream of a budget holds, at the end of a day' })
  @Returns(200, streamBalances)
  async balances(@CurrentPrincipal() principal: Principal, @Query() query: BalancesQuery) {
    return { items: (await this.reports.balances(principal, query.budgetId, query.at)).map(presentStreamBalance) };
  }

  @Get('statement-of-account')
  @ApiOperation({ summary: 'Opening balance, entries and closing balance of each account of a budget, for any dates' })
  @Returns(200, statementOfAccount)
  async statement(@CurrentPrincipal() principal: Principal, @Query() query: StatementOfAccountQuery) {
    return { items: (await this.reports.statement(principal, query)).map(presentAccountStatement) };
  }

  @Get('trial-balance')
  @ApiOperation({ summary: 'The authority’s trial balance, of a month or of everything posted' })
  @Returns(200, trialBalance)
  async trialBalance(@CurrentPrincipal() principal: Principal, @Query() query: TrialBalanceQuery) {
    return { items: (await this.reports.trialBalance(principal, query.month)).map(presentTrialBalanceRow) };
  }
}
