import { decimalText, Problem, requirePence } from '@ringfence/kernel';
import type { LineRow, Part, Target } from '@ringfence/reconciliation';
import type { PartDto, TargetDto } from './reconciliation.dto.js';

export function presentLine(row: LineRow) {
  return {
    id: row.id,
    designatedAccountId: row.designatedAccountId,
    budgetId: row.budgetId,
    importId: row.importId,
    kind: row.kind,
    date: row.lineDate,
    amount: decimalText(row.amountPence),
    remaining: decimalText(row.remainingPence),
    description: row.description,
    bankId: row.bankId,
    balance: row.balancePence === null ? null : decimalText(row.balancePence),
    originalAmount: row.originalAmount,
    originalCurrency: row.originalCurrency,
    journalId: row.journalId,
    state: row.state,
    verdict: row.verdict,
    findings: row.findings,
    receipts: row.receipts,
    allocations: row.allocations.map(({ amountPence, ...allocation }) => ({
      ...allocation,
      amount: decimalText(amountPence),
    })),
    suggestions: row.suggestions,
  };
}

export function partOf({ amount, target }: PartDto, order: number): Part {
  return {
    amountPence: requirePence(amount, `/parts/${order}/amount`),
    target: targetOf(target, `/parts/${order}/target`),
  };
}

function targetOf(dto: TargetDto, pointer: string): Target {
  switch (dto.type) {
    case 'instalment':
      return { type: dto.type, instalmentId: needed(dto, 'instalmentId', pointer) };
    case 'payslip':
      return { type: dto.type, payslipId: needed(dto, 'payslipId', pointer) };
    case 'budget-line':
      return {
        type: dto.type,
        budgetLineId: needed(dto, 'budgetLineId', pointer),
        outcomeId: dto.outcomeId,
        serviceDate: dto.serviceDate,
      };
    case 'payroll-control':
      return {
        type: dto.type,
        control: needed(dto, 'control', pointer),
        budgetId: needed(dto, 'budgetId', pointer),
        stream: needed(dto, 'stream', pointer),
      };
    case 'family-money':
      return { type: dto.type, budgetId: needed(dto, 'budgetId', pointer) };
  }
}

function needed<Field extends keyof TargetDto>(
  dto: TargetDto,
  field: Field,
  pointer: string,
): NonNullable<TargetDto[Field]> {
  const value = dto[field];
  if (value === undefined || value === null)
    throw Problem.field(`${pointer}/${field}`, `A target of the type ${dto.type} needs ${field}: name it.`);
  return value;
}
