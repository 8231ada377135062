import { decimalText } from '@ringfence/kernel';
import type { FindingWithAcceptance, StatementMonthsView } from '@ringfence/statements';

export function presentMonths({ designatedAccountId, asked, months, files, findings }: StatementMonthsView) {
  return {
    designatedAccountId,
    asked,
    months: months.map(({ openingPence, closingPence, ...month }) => ({
      ...month,
      openingBalance: openingPence === null ? null : decimalText(openingPence),
      closingBalance: closingPence === null ? null : decimalText(closingPence),
    })),
    imports: files.map(({ importId, fileName, from, to }) => ({
      id: importId,
      fileName,
      firstDate: from,
      lastDate: to,
    })),
    findings: findings.map(presentFinding),
  };
}

export function presentFinding({ kind, from, to, importIds, words, accepted }: FindingWithAcceptance) {
  return {
    kind,
    from,
    to,
    importIds,
    words,
    accepted: accepted && {
      by: accepted.acceptedBy,
      at: accepted.acceptedAt.toISOString(),
      reason: accepted.reason,
    },
  };
}
