import { decimalText } from '@ringfence/kernel';
import type { ImportView, PreviewLine, StatementImport } from '@ringfence/statements';
import { presentFinding } from './statement-months.presenter.js';

export function presentImport(statementImport: StatementImport) {
  const { openingPence, closingPence } = statementImport;
  return {
    id: statementImport.id,
    designatedAccountId: statementImport.designatedAccountId,
    state: statementImport.state,
    fileName: statementImport.fileName,
    fileHash: statementImport.fileHash,
    format: statementImport.format,
    profile: statementImport.profile,
    profileVersion: statementImport.profileVersion,
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
    reversed:
      statementImport.reversedAt === null
        ? null
        : {
            by: statementImport.reversedBy,
            at: statementImport.reversedAt.toISOString(),
            reason: statementImport.reversalReason,
          },
    progress:
      statementImport.progressStep === null
        ? null
        : {
            step: statementImport.progressStep,
            done: statementImport.progressDone ?? 0,
            of: statementImport.progressOf,
          },
    commitRefusal: statementImport.commitRefusal,
  };
}

export function presentImportDetail(view: ImportView) {
  return { ...presentImport(view), counts: presentCounts(view.counts), breaks: view.breaks.map(presentFinding) };
}

function presentCounts(counts: ImportView['counts']) {
  return {
    new: counts.NEW,
    alreadyHeld: counts.HELD,
    possibleDuplicates: counts.POSSIBLE_DUPLICATE,
    notPosted: counts.NOT_POSTED,
  };
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
