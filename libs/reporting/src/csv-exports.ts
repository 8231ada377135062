import { Injectable } from '@nestjs/common';
import { requireBudget } from '@ringfence/budgets';
import { authoriseOn, contextOf, may, type Principal } from '@ringfence/identity';
import { Clock, Problem, type CalendarDate, type CalendarMonth } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import { csvFile, type CsvFile } from './csv-file.js';
import { balancesSheet, statementSheet, trialBalanceSheet, workListSheet } from './csv-sheets.js';
import { LedgerReports } from './ledger-reports.js';
import { statementOfAccountPages, type StatementOfAccountQuery } from './statement-of-account.js';
import { workListPages } from './work-list-pages.js';
import type { WorkListFilter } from './work-list.js';

/**
 * The reports as CSV, for spreadsheets or another system: the columns are named as the fields of the JSON, amounts are
 * decimals, days `YYYY-MM-DD`. Who may read a report may take it away, and no more is in it than they may read.
 */
@Injectable()
export class CsvExports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reports: LedgerReports,
  ) {}

  /** Every entry of a budget between two days, both included, however many. Refuses a `to` before `from`. */
  async statementOfAccount(principal: Principal, query: StatementOfAccountQuery): Promise<CsvFile> {
    authoriseOn(principal, 'ledger.read', query.budgetId, '/budgetId');
    await this.database.transaction(contextOf(principal), (tx) => requireBudget(tx, query.budgetId, '/budgetId'));
    const pages = statementOfAccountPages(this.database, principal, query);
    return csvFile(`statement-of-account-${query.from}-to-${query.to}.csv`, statementSheet(pages));
  }

  /** Each stream of a budget at the end of a day; today when left out. */
  async balances(principal: Principal, budgetId: string, at: CalendarDate = this.clock.today()): Promise<CsvFile> {
    const streams = await this.reports.balances(principal, budgetId, at);
    return csvFile(`balances-${at}.csv`, balancesSheet(at, streams));
  }

  /** Of a month, or of everything posted. */
  async trialBalance(principal: Principal, month?: CalendarMonth): Promise<CsvFile> {
    const rows = await this.reports.trialBalance(principal, month);
    return csvFile(month ? `trial-balance-${month}.csv` : 'trial-balance.csv', trialBalanceSheet(rows));
  }

  /** The budgets of an officer's work list that meet the filter, by reference, however many. */
  async workList(principal: Principal, filter: Pick<WorkListFilter, 'text' | 'stream' | 'need'>): Promise<CsvFile> {
    if (!may(principal, 'work-list.read')) {
      throw new Problem('not-permitted', 'The work list is for the authority’s own officers: go to your home page.');
    }
    const pages = workListPages(this.database, contextOf(principal), filter);
    return csvFile(`work-list-${principal.today}.csv`, workListSheet(pages));
  }
}
