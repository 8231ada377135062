import { decimalText, type Money } from '@ringfence/kernel';
import type { DemoYear } from '../demo-year.js';
import type { Family } from '../scenario.js';
import type { BankLine, BankStatement } from './bank-statement.js';

/** The account's statement of each month; opening balances carry on, from nothing on the day it was opened. */
export function monthlyStatements(year: DemoYear, family: Family): BankStatement[] {
  let balancePence: Money = 0n;
  const lines = family.movements.map((movement, order): BankLine => {
    balancePence += movement.amountPence;
    const { date, amountPence, move, who, reference, original } = movement;
    const id = `${family.account.accountNumber}${String(order + 1).padStart(5, '0')}`;
    return { date, amountPence, move, who, reference, original, id, balancePence };
  });
  const told = lines.filter(({ date }) => year.holds(date));
  if (told.length < lines.length) {
    const stray = lines.find(({ date }) => !year.holds(date))!;
    throw new RangeError(`${family.key} has ${decimalText(stray.amountPence)} on ${stray.date}, outside the year.`);
  }
  let openingPence: Money = 0n;
  return year.months.map(({ first, last }): BankStatement => {
    const own = told.filter(({ date }) => date >= first && date <= last);
    const closingPence = own.at(-1)?.balancePence ?? openingPence;
    const statement = { account: family.account, from: first, to: last, openingPence, closingPence, lines: own };
    openingPence = closingPence;
    return statement;
  });
}
