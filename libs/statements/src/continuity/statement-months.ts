import { Injectable } from '@nestjs/common';
import { contextOf, type Principal } from '@ringfence/identity';
import { lastOfMonth, type CalendarDate, type Money } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import { continuityOf, withAcceptance, type FindingWithAcceptance } from './account-continuity.js';
import { linesByMonth, monthsOfFiles, type FileMonthRow, type FileRow } from './account-continuity.sql.js';
import { monthsReceived, type FileMonth, type MonthReceived } from './domain/months-received.js';
import { authoriseAccount } from '../records/import-access.js';

export interface StatementMonthsView {
  readonly designatedAccountId: string;
  readonly accountName: string;
  /** The budgets that the account serves, as far as the reader sees them. */
  readonly budgetIds: readonly string[];
  /** A card whose transactions the authority sees itself: its statements are not asked for. */
  readonly asked: boolean;
  readonly months: readonly MonthReceived[];
  readonly files: readonly {
    readonly importId: string;
    readonly fileName: string;
    readonly from: CalendarDate;
    readonly to: CalendarDate;
  }[];
  readonly findings: readonly FindingWithAcceptance[];
}

/** Which months of an account its statements hold, and whether they follow from one another. */
@Injectable()
export class StatementMonths {
  constructor(private readonly database: Database) {}

  async view(principal: Principal, designatedAccountId: string): Promise<StatementMonthsView> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const account = await authoriseAccount(tx, principal, 'statements.read', designatedAccountId);
      const { files, continuity, acceptances } = await continuityOf(tx, account.id);
      const byMonth = await monthsOfFiles(
        tx,
        files.map(({ importId }) => importId),
      );
      const served = account.budgets.map(({ validFrom }) => validFrom).sort()[0] ?? account.openedOn;
      const ends = account.budgets.map(({ validTo }) => validTo ?? '9999-12-31');
      const end = [account.closedOn ?? '9999-12-31', ends.sort().at(-1) ?? '9999-12-31'].sort()[0]!;
      return {
        designatedAccountId: account.id,
        accountName: account.name,
        budgetIds: [...new Set(account.budgets.map(({ budgetId }) => budgetId))],
        asked: account.kind !== 'PREPAID_CARD',
        months: monthsReceived({
          from: served > account.openedOn ? served : account.openedOn,
          to: end === '9999-12-31' ? null : end,
          today: principal.today,
          continuity,
          files: files.flatMap((file) => fileMonths(file, byMonth)),
          lines: await linesByMonth(tx, account.id),
          accepted: new Set(acceptances.keys()),
        }),
        files: files.map(({ importId, fileName, firstDate, lastDate }) => ({
          importId,
          fileName,
          from: firstDate,
          to: lastDate,
        })),
        findings: withAcceptance(continuity.findings, acceptances),
      };
    });
  }
}

/** The balances about each month of a file: from its opening balance on or, where it states none, back from its closing one. */
function fileMonths(file: FileRow, byMonth: readonly FileMonthRow[]): FileMonth[] {
  const { openingPence, closingPence, movedPence } = file;
  let balance: Money | null = openingPence ?? (closingPence === null ? null : closingPence - movedPence);
  return byMonth
    .filter(({ importId }) => importId === file.importId)
    .map(({ importId, month, firstDay, lastDay, movedPence: moved }) => {
      const before = balance;
      balance = before === null ? null : before + moved;
      const last = file.lastDate <= lastOfMonth(`${month}-01`);
      return {
        importId,
        month,
        firstDay,
        lastDay,
        openingPence: before,
        closingPence: last ? (closingPence ?? balance) : balance,
      };
    });
}
