import { decimalText } from '@ringfence/kernel';
import { readStatementFile } from '@ringfence/statement-files';
import { monthlyStatements } from './bank/monthly-statements.js';
import { writeStatement } from './bank/write-statement.js';
import { DemoYear } from './demo-year.js';
import { demoFamilies } from './families/index.js';

const days = ['2026-11-21', '2026-01-05', '2027-03-01', '2028-02-29', '2026-09-30'];

describe.each(days)('The families of the demo, told on %s', (today) => {
  const year = new DemoYear(today);
  const families = demoFamilies(year);

  it.each(families.map((family) => [family.key, family] as const))(
    'have statements that read back as they were written and add up: %s',
    async (_, family) => {
      for (const statement of monthlyStatements(year, family)) {
        const file = writeStatement(statement);
        const read = await readStatementFile(file.bytes, {});
        if (!read.ok) throw new Error(`${file.name}: ${read.error.message}`);
        const [own] = read.statements;
        expect(read.statements).toHaveLength(1);
        expect(own!.warnings).toEqual([]);
        expect(own!.lines.map(({ date, amountPence }) => ({ date, amountPence }))).toEqual(
          statement.lines.map(({ date, amountPence }) => ({ date, amountPence })),
        );
        for (const [order, line] of own!.lines.entries()) {
          expect(line.description.toUpperCase()).toContain(statement.lines[order]!.who.toUpperCase().slice(0, 32));
        }
        if (own!.closingBalance !== null) expect(own!.closingBalance).toBe(statement.closingPence);
        if (own!.openingBalance !== null) expect(own!.openingBalance).toBe(statement.openingPence);
      }
    },
  );

  it('never overdraw their account', () => {
    for (const family of families) {
      let balancePence = 0n;
      for (const movement of family.movements) {
        balancePence += movement.amountPence;
        if (balancePence < 0n) {
          throw new Error(`${family.key} has ${decimalText(balancePence)} after ${movement.key} on ${movement.date}.`);
        }
      }
    }
  });

  it('have keys that tell every movement, line and schedule apart', () => {
    for (const family of families) {
      const keys = family.movements.map(({ key }) => key);
      expect(keys.filter((key, order) => keys.indexOf(key) !== order)).toEqual([]);
    }
    const lines = families.flatMap(({ budgets }) =>
      budgets.flatMap(({ agreements }) => agreements.flatMap((agreement) => agreement.lines.map(({ key }) => key))),
    );
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('explain each document by a movement of the same amount', () => {
    for (const family of families) {
      for (const document of family.documents) {
        const movement = family.movements.find(({ key }) => key === document.movement);
        const total = document.lines.reduce((sum, { amountPence }) => sum + amountPence, 0n);
        expect(`${document.movement} ${movement?.amountPence}`).toBe(`${document.movement} ${-total}`);
      }
    }
  });
});
