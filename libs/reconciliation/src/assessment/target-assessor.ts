import { payeesOf, type PayeeRow } from '@ringfence/budgets';
import type { CalendarDate, FundingStream, LedgerStream, Money } from '@ringfence/kernel';
import { assessmentOf, type PayslipRow } from '@ringfence/payroll';
import type { Transaction } from '@ringfence/platform';
import { policyInForce, type ExcludedSpendRule, type Finding } from '@ringfence/spending-rules';
import { excludedPence } from '../domain/excluded-part.js';
import { partOf, type TargetType } from '../domain/line-parts.js';
import { assessPart, assessmentRules, type AssessmentRules } from './assess-line.js';
import { payeeNamed, type LineFacts } from './line-facts.js';

/** What a target says that matters to the rules. */
export interface AssessedTarget {
  readonly type: TargetType;
  readonly budgetId: string;
  readonly stream: LedgerStream;
  readonly serviceDate: CalendarDate;
  /** Of a payslip: the payslip. */
  readonly payslip?: PayslipRow | undefined;
}

/** How much is excluded, and what says so, by which rules. */
export interface Excluded {
  readonly excludedPence: Money;
  readonly findings: readonly Finding[];
  readonly rules: readonly ExcludedSpendRule[];
}

/**
 * Assesses lines as money of a target, with every fact known and none hidden by the target: the payees of the line's budget
 * and of the target's, their households on the day, receipts, registers, policy and exceptions. Whatever was read of a
 * budget serves every line of one transaction.
 */
export class TargetAssessor {
  private readonly payees = new Map<string, Promise<PayeeRow[]>>();
  private readonly streams = new Map<string, Promise<FundingStream[]>>();

  private constructor(
    private readonly tx: Transaction,
    private readonly rules: AssessmentRules,
  ) {}

  static async of(tx: Transaction): Promise<TargetAssessor> {
    return new TargetAssessor(tx, await assessmentRules(tx));
  }

  /** Of money out. The family's own money is asked for no stream: what every stream of the budget excludes is excluded. */
  async line(facts: LineFacts, target: AssessedTarget): Promise<Excluded> {
    let mildest: Excluded | undefined;
    for (const stream of await this.streamsOf(target)) {
      const assessed = await this.inStream(facts, target, stream);
      if (!mildest || assessed.excludedPence < mildest.excludedPence) mildest = assessed;
    }
    return mildest!;
  }

  /** A payslip by its own verdict: the days of work, and what its lines hide. Of its net pay, which is what a bank pays. */
  async payslip(payslip: PayslipRow): Promise<Excluded> {
    const assessment = await assessmentOf(this.tx, payslip, this.rules.policies);
    const findings = assessment?.findings ?? [];
    const { rules } = policyInForce(this.rules.policies, payslip.periodEnd);
    return { excludedPence: excludedPence(findings, payslip.netPence), findings, rules };
  }

  private async inStream(facts: LineFacts, target: AssessedTarget, stream: FundingStream | null): Promise<Excluded> {
    const { type, serviceDate, payslip } = target;
    const held = { type, stream, serviceDate, pence: 0n, payslipPayeeId: payslip?.payeeId ?? null };
    let worst: Excluded | undefined;
    for (const payee of await this.payeesNamed(facts, target.budgetId)) {
      const part = partOf(held, facts.lineDate, payee?.id);
      const { findings } = await assessPart(this.tx, { ...facts, payee }, part, this.rules);
      const { rules } = policyInForce(this.rules.policies, part.serviceDate);
      const assessed = { excludedPence: excludedPence(findings, facts.amountPence), findings, rules };
      if (!worst || assessed.excludedPence > worst.excludedPence) worst = assessed;
    }
    return worst!;
  }

  /** The payee by the register of the line's budget, and by that of the target's: brothers and sisters may share an account. */
  private async payeesNamed(facts: LineFacts, budgetId: string): Promise<(PayeeRow | undefined)[]> {
    if (facts.budgetId === budgetId) return [facts.payee];
    let payees = this.payees.get(budgetId);
    if (!payees) this.payees.set(budgetId, (payees = payeesOf(this.tx, budgetId)));
    const named = [facts.payee, payeeNamed(facts.description, await payees)].filter((payee) => payee !== undefined);
    return named.length > 0 ? named : [undefined];
  }

  private async streamsOf({ type, budgetId, stream }: AssessedTarget): Promise<(FundingStream | null)[]> {
    if (type !== 'family-money') return [stream === 'FAMILY' || stream === 'UNALLOCATED' ? null : stream];
    let streams = this.streams.get(budgetId);
    if (!streams) this.streams.set(budgetId, (streams = cashStreams(this.tx, budgetId)));
    const found = await streams;
    return found.length > 0 ? found : [null];
  }
}

async function cashStreams(tx: Transaction, budgetId: string): Promise<FundingStream[]> {
  const rows = await tx.query<{ stream: FundingStream }>(
    `SELECT DISTINCT stream FROM budget_lines WHERE authority_id = $1 AND budget_id = $2 AND mechanism <> 'ORGANISED' ORDER BY stream`,
    [tx.context.authorityId, budgetId],
  );
  return rows.map(({ stream }) => stream);
}
