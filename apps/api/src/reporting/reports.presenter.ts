import { decimalText } from '@ringfence/kernel';
import type { AccountStatement, StreamBalance, TrialBalanceRow } from '@ringfence/ledger';

export function presentStreamBalance(balance: StreamBalance) {
  return {
    stream: balance.stream,
    received: decimalText(balance.receivedPence),
    dueFromPayer: decimalText(balance.dueFromPayerPence),
    spent: decimalText(balance.spentPence),
    unevidenced: decimalText(balance.queriedPence),
    recoverable: decimalText(balance.recoverablePence),
    left: decimalText(balance.leftPence),
    bank: decimalText(balance.bankPence),
    owed: decimalText(balance.owedPence),
    accrued: decimalText(balance.accruedPence),
    familyMoney: decimalText(balance.familyMoneyPence),
    suspense: decimalText(balance.suspensePence),
  };
}

export function presentAccountStatement(statement: AccountStatement) {
  return {
    bookId: statement.bookId,
    account: statement.account,
    budgetId: statement.budgetId,
    stream: statement.stream,
    opening: decimalText(statement.openingPence),
    closing: decimalText(statement.closingPence),
    entries: statement.entries.map((entry) => ({
      journalId: entry.journalId,
      sequence: entry.sequence.toString(),
      kind: entry.kind,
      description: entry.description,
      source: entry.source,
      reverses: entry.reverses,
      recordedAt: entry.recordedAt.toISOString(),
      effectiveDate: entry.effectiveDate,
      serviceDate: entry.serviceDate,
      amount: decimalText(entry.amountPence),
      balance: decimalText(entry.runningPence),
      budgetLineId: entry.budgetLineId,
      outcomeId: entry.outcomeId,
      agreementId: entry.agreementId,
    })),
  };
}

export function presentTrialBalanceRow(row: TrialBalanceRow) {
  return {
    account: row.account,
    stream: row.stream,
    opening: decimalText(row.openingPence),
    debit: decimalText(row.debitPence),
    credit: decimalText(row.creditPence),
    closing: decimalText(row.closingPence),
  };
}
