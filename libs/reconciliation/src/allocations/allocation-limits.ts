import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import type { LedgerStream, Money } from '@ringfence/kernel';
import { Database, type Transaction } from '@ringfence/platform';
import { lineToAllocate } from './allocated-line.js';
import { allocatablePence, excludedPence } from '../domain/excluded-part.js';
import { returnablePence, takeablePence, type HeldAccount } from '../domain/holdings.js';
import { holdingsOf } from './holdings.sql.js';
import { assessFacts, assessmentRules } from '../assessment/assess-line.js';
import { lineFacts, type LineFacts } from '../assessment/line-facts.js';
import { TargetAssessor } from '../assessment/target-assessor.js';

/** What a line may still be put on, as things are now. Allocating asks again. */
export interface AllocationLimits {
  /** What of the line no rule excludes, whichever stream would pay, and is open. Above zero or nothing. */
  readonly allocatablePence: Money;
  readonly excludedPence: Money;
  /** The most that each account of the budget can take of it; null for no limit. */
  readonly accounts: readonly {
    readonly account: HeldAccount;
    readonly stream: LedgerStream;
    readonly mostPence: Money | null;
  }[];
}

@Injectable()
export class AllocationLimitsReader {
  constructor(private readonly database: Database) {}

  view(principal: Principal, lineId: string, budgetId: string): Promise<AllocationLimits> {
    authorise(principal, 'lines.allocate', budgetId);
    return this.database.transaction(contextOf(principal), async (tx) => {
      const line = await lineToAllocate(tx, lineId);
      const out = line.amountPence < 0n;
      const [facts] = out ? await lineFacts(tx, [lineId]) : [];
      const excluded = facts ? await excludedOf(tx, facts, budgetId) : 0n;
      const [wholePence, openPence] = out
        ? [-line.amountPence, -line.remainingPence]
        : [line.amountPence, line.remainingPence];
      const holdings = await holdingsOf(tx, [budgetId]);
      return {
        excludedPence: excluded,
        allocatablePence: allocatablePence({
          wholePence,
          excludedPence: excluded,
          allocatedPence: wholePence - openPence,
        }),
        accounts: holdings.map((holding) => ({
          account: holding.account,
          stream: holding.stream,
          mostPence: out ? takeablePence(holding) : returnablePence(holding),
        })),
      };
    });
  }
}

/** What no stream of the budget could pay. Of somebody's own wages, what their payslip leaves excluded. */
async function excludedOf(tx: Transaction, facts: LineFacts, budgetId: string): Promise<Money> {
  if (facts.parts.some(({ ownPay }) => ownPay)) {
    const { findings } = await assessFacts(tx, facts, await assessmentRules(tx));
    return excludedPence(findings, facts.amountPence);
  }
  const assessor = await TargetAssessor.of(tx);
  const anyStream = { type: 'family-money', budgetId, stream: 'FAMILY', serviceDate: facts.lineDate } as const;
  return (await assessor.line(facts, anyStream)).excludedPence;
}
