import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { decimalText, newId, Problem, type Money } from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { Decimal } from 'decimal.js';
import {
  employerCostsPercentMax,
  grossTimesUsualMax,
  hoursPerDayMax,
  nationalThresholds,
  usualPayslipsMax,
  usualPayslipsMin,
  type PayrollThresholds,
} from '../domain/thresholds.js';
import { insertThresholds, thresholdsOf } from './payroll-thresholds.sql.js';

/** Thresholds as they are listed: the authority's own first, then the national ones, which nobody has set. */
export interface ListedThresholds extends PayrollThresholds {
  readonly national: boolean;
}

/** From which figures on a pay run waits for a person. Thresholds are followed by others, never edited. */
@Injectable()
export class PayrollThresholdsRegister {
  constructor(private readonly database: Database) {}

  async set(principal: Principal, input: PayrollThresholds, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'pay-runs.set-thresholds');
    checkThresholds(input, principal.today);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const id = newId();
      if (!(await insertThresholds(tx, id, input))) {
        throw new Problem(
          'conflict',
          `There are payroll thresholds from ${input.validFrom} already: let the new ones begin on another day.`,
        );
      }
      return { id };
    });
  }

  async list(principal: Principal): Promise<ListedThresholds[]> {
    authorise(principal, 'pay-runs.read');
    const own = await this.database.transaction(contextOf(principal), thresholdsOf);
    return [
      ...own.map((one) => ({ ...one, national: false })),
      ...nationalThresholds.map((one) => ({ ...one, national: true })),
    ];
  }
}

/** What was received before is not assessed anew, so new thresholds begin today or later. */
function checkThresholds(input: PayrollThresholds, today: string): void {
  if (input.validFrom < today) {
    throw Problem.field(
      '/validFrom',
      `/validFrom is ${input.validFrom}, before today: runs that came before were held against what was in force then, so begin today or later.`,
    );
  }
  requireBetween('/grossTimesUsual', input.grossTimesUsual, 1, grossTimesUsualMax);
  requireBetween('/usualPayslips', String(input.usualPayslips), usualPayslipsMin, usualPayslipsMax);
  requireBetween('/hoursPerDay', input.hoursPerDay, 1, hoursPerDayMax);
  requireAmount('/lineDifference', input.lineDifferencePence);
  requireAmount('/overBudget', input.overBudgetPence);
  requireBetween('/employerCostsPercent', input.employerCostsPercent, 0, employerCostsPercentMax);
}

function requireAmount(pointer: string, pence: Money): void {
  if (pence >= 0n) return;
  throw Problem.field(pointer, `${pointer} is ${decimalText(pence)}: it cannot be below zero.`);
}

function requireBetween(pointer: string, text: string, min: number, max: number): void {
  const value = new Decimal(text);
  if (value.greaterThanOrEqualTo(min) && value.lessThanOrEqualTo(max)) return;
  throw Problem.field(pointer, `${pointer} is ${text}: it can be ${min} to ${max}.`);
}
