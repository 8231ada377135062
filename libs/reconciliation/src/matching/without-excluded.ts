import type { PayslipRow } from '@ringfence/payroll';
import type { Transaction } from '@ringfence/platform';
import type { BudgetLineCandidate, Match, PayslipCandidate } from '../domain/matching.js';
import { lineFacts, type LineFacts } from '../assessment/line-facts.js';
import type { TargetAssessor } from '../assessment/target-assessor.js';

/** A line with what it may be. */
export interface Suggested<Line> {
  readonly line: Line;
  readonly matches: readonly Match[];
}

/** What the rules exclude, in whole or in part, is offered on no target: accepting it would be refused. */
export async function withoutExcluded<Line extends Pick<LineFacts, 'id' | 'amountPence'>>(
  tx: Transaction,
  suggested: readonly Suggested<Line>[],
  assessor: TargetAssessor,
  payslips: ReadonlyMap<string, PayslipRow>,
): Promise<Suggested<Line>[]> {
  const spends = suggested.filter(({ line, matches }) => line.amountPence < 0n && matches.length > 0);
  const facts = new Map(
    (
      await lineFacts(
        tx,
        spends.map(({ line }) => line.id),
      )
    ).map((one) => [one.id, one]),
  );
  const kept: Suggested<Line>[] = [];
  for (const { line, matches } of suggested) {
    const known = facts.get(line.id);
    const remaining: Match[] = [];
    for (const match of matches) {
      const { candidate } = match;
      if (!known || candidate.type === 'instalment' || !(await excludes(assessor, known, candidate, payslips)))
        remaining.push(match);
    }
    kept.push({ line, matches: remaining });
  }
  return kept;
}

async function excludes(
  assessor: TargetAssessor,
  line: LineFacts,
  candidate: PayslipCandidate | BudgetLineCandidate,
  payslips: ReadonlyMap<string, PayslipRow>,
): Promise<boolean> {
  const { type, budgetId } = candidate;
  if (candidate.type === 'budget-line') {
    const { stream } = candidate;
    return (await assessor.line(line, { type, budgetId, stream, serviceDate: line.lineDate })).excludedPence > 0n;
  }
  const payslip = payslips.get(candidate.id)!;
  const [first] = payslip.shares;
  const target = { type, budgetId, stream: first!.stream, serviceDate: payslip.periodEnd, payslip };
  if ((await assessor.line(line, target)).excludedPence > 0n) return true;
  return (await assessor.payslip(payslip)).excludedPence > 0n;
}
