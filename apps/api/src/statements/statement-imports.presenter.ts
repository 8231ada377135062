import { decimalText } from '@ringfence/kernel';
import type { ImportView, PreviewLine, StatementImport } from '@ringfence/statements';

export function presentImport(statementImport: StatementImport | ImportView) {
  const { openingPence, closingPence } = statementImport;
  return {
    id: statementImport.id,
    designatedAccountId: statementImport.designatedAccountId,
    state: statementImport.state,
    fileName: statementImport.fileName,
    fileHash: statementImport.fileHash,
    format: statementImport.format,
    profile: statementImport.profile,
    parserVersion: statementImport.parserVersion,
    needsConfirmation: statementImport.needsConfirmation,
    firstDate: statementImport.firstDate,
    lastDate: statementImport.lastDate,
    openingBalance: openingPence === null ? null : decimalText(openingPence),
    closingBalance: closingPence === null ? null : decimalText(closingPence),
    warnings: statementImport.warnings,
    refusal:
      statementImport.refusal === null
        ? null
        : { code: statementImport.refusalCode, message: statementImport.refusal, line: statementImport.refusalLine },
    receivedAt: statementImport.receivedAt.toISOString(),
    committedAt: statementImport.committedAt?.toISOString() ?? null,
    ...('counts' in statementImport ? { counts: presentCounts(statementImport.counts) } : {}),
  };
}

function presentCounts(counts: ImportView['counts']) {
  return { new: counts.NEW, alreadyHeld: counts.HELD, doubtful: counts.DOUBTFUL, notPosted: counts.NOT_POSTED };
}

export function presentPreviewLine({ position, verdict, heldLineId, why, line }: PreviewLine) {
  return {
    position,
    verdict,
    heldLineId,
    why,
    date: line.date,
    amount: decimalText(line.amountPence),
    description: line.description,
    bankId: line.bankId,
    balance: line.balancePence === null ? null : decimalText(line.balancePence),
    line: line.sourceLine,
    page: line.page ?? null,
    within: line.within ?? null,
  };
}
