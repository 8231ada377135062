import { newId, type FundingStream, type LedgerStream } from '@ringfence/kernel';
import { allocationEntries, postJournals, type AccountCode } from '@ringfence/ledger';
import { systemContext } from '@ringfence/platform';
import { AssessLine, type PayrollControl } from '@ringfence/reconciliation';
import type { Answer, TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedPayee,
  seedStatementLine,
  type PayeeSeed,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';
import { seedOwed } from '../support/seed-owed.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked at as they come */

export type TargetBody = Record<string, unknown>;

/** A family with an account, what its books owe and hold, and an officer who says what its payments were for. */
export class MoneyWorld {
  private constructor(
    readonly api: TestApi,
    readonly authority: SeededAuthority,
    readonly budget: SeededBudget,
  ) {}

  static async start(api: TestApi, streams: readonly FundingStream[] = ['EDU', 'HEALTH']): Promise<MoneyWorld> {
    const authority = await seedAuthority(api);
    return new MoneyWorld(api, authority, await seedBudget(api, authority, { streams }));
  }

  payee(seed: PayeeSeed, budgetId = this.budget.id): Promise<string> {
    return seedPayee(this.api, this.authority.id, budgetId, seed);
  }

  line(description: string, amountPence: bigint, date = '2026-06-01', mcc?: string): Promise<string> {
    const line = { date, amountPence, description, ...(mcc === undefined ? {} : { mcc }) };
    return seedStatementLine(this.api, this.authority.id, this.budget, line);
  }

  /** A typed receipt of a line, as the family sends it. */
  async receipt(lineId: string, lines: readonly (readonly [description: string, pence: number])[]): Promise<void> {
    const id = newId();
    const sum = lines.reduce((total, [, pence]) => total + pence, 0);
    await this.api.owner.query(
      `WITH r AS (INSERT INTO receipts (authority_id, id, budget_id, statement_line_id, file_hash, file_name, file_bytes, content_type, amount_pence, uploaded_by, uploaded_at)
         VALUES ($1, $2, $3, $4, $5, 'receipt.jpg', 9, 'image/jpeg', $6, $7, now()))
       INSERT INTO receipt_lines (authority_id, receipt_id, position, description, amount_pence)
       SELECT $1, $2, n, d, p FROM unnest($8::text[], $9::bigint[]) WITH ORDINALITY AS l(d, p, n)`,
      [
        ...[this.authority.id, id, this.budget.id, lineId, newId().replaceAll('-', '').padEnd(64, '0'), sum],
        this.budget.recipient.id,
        lines.map(([description]) => description),
        lines.map(([, pence]) => pence),
      ],
    );
  }

  /** A report says that a control owes so much more. */
  owes(control: AccountCode, amountPence: bigint, stream: FundingStream = 'EDU', bookId = this.budget.bookId) {
    return seedOwed(this.api.database, this.authority.id, this.budget, { control, amountPence, stream, bookId });
  }

  /** The family pays its own money in; answers the allocation that says so. */
  async familyPaysIn(pence: bigint, date = '2026-05-20'): Promise<string> {
    const lineId = await this.line('ROSA TOP UP', pence, date);
    const { body } = await this.allocate(lineId, [
      `${pence / 100n}.${String(pence % 100n).padStart(2, '0')}`,
      this.family,
    ]);
    return body.allocations[0].id as string;
  }

  get provision(): TargetBody {
    return { type: 'budget-line', budgetLineId: this.budget.lines.EDU };
  }

  get family(): TargetBody {
    return { type: 'family-money', budgetId: this.budget.id };
  }

  control(control: PayrollControl, stream = 'EDU'): TargetBody {
    return { type: 'payroll-control', control, budgetId: this.budget.id, stream };
  }

  allocate(
    statementLineId: string,
    ...parts: readonly (readonly [amount: string, target: TargetBody])[]
  ): Promise<Answer> {
    return this.authority.financeOfficer.post('/v1/allocations', {
      statementLineId,
      parts: parts.map(([amount, target]) => ({ amount, target })),
      reasons: 'Seen on the papers',
    });
  }

  undo(allocationId: string): Promise<Answer> {
    const body = { reasons: 'It was something else' };
    return this.authority.financeOfficer.post(`/v1/allocations/${allocationId}/undo`, body);
  }

  async assessed(lineId: string): Promise<any> {
    await this.api.app.get(AssessLine).run({ authorityId: this.authority.id, lineId });
    return (await this.authority.financeOfficer.get(`/v1/statement-lines/${lineId}`)).body;
  }

  /** What the accounts of a code hold, debit positive. */
  async balance(code: AccountCode, stream?: LedgerStream): Promise<bigint> {
    const { rows } = await this.api.owner.query<{ pence: bigint }>(
      `SELECT coalesce(sum(balance_pence), 0)::bigint AS pence FROM ledger_accounts
        WHERE authority_id = $1 AND budget_id = $2 AND code = $3 AND ($4::text IS NULL OR stream = $4)`,
      [this.authority.id, this.budget.id, code, stream ?? null],
    );
    return rows[0]!.pence;
  }

  async journals(): Promise<bigint> {
    const { rows } = await this.api.owner.query<{ count: bigint }>(
      'SELECT count(*) FROM journals WHERE authority_id = $1',
      [this.authority.id],
    );
    return rows[0]!.count;
  }

  /** A writer that posts an allocation past every rule of the code, as far as the database lets it. */
  async postPastTheRules(lineId: string, amountPence: bigint, account: AccountCode): Promise<void> {
    const { authority, budget } = this;
    const stream = account === 'FAMILY_MONEY' ? 'FAMILY' : 'EDU';
    await this.api.database.transaction(systemContext(authority.id), async (tx) => {
      const id = newId();
      const [journal] = await postJournals(tx, [
        {
          bookId: budget.bookId,
          kind: 'ALLOCATION',
          description: 'Past the rules',
          effectiveDate: '2026-06-01',
          source: { type: 'allocation', id },
          idempotencyKey: `allocation:${id}`,
          entries: allocationEntries({
            amountPence,
            from: { budgetId: budget.id },
            to: { account, budgetId: budget.id, stream },
          }),
        },
      ]);
      await tx.query(
        `INSERT INTO allocations (authority_id, id, statement_line_id, amount_pence, target_type, target_id, budget_id, stream,
           service_date, journal_id, accepted_by, accepted_at, reasons)
         VALUES ($1, $2, $3, $4, $5, NULL, $6, $7, '2026-06-01', $8, $9, now(), 'Past the rules')`,
        [
          ...[authority.id, id, lineId, amountPence, account === 'FAMILY_MONEY' ? 'family-money' : 'payroll-control'],
          ...[budget.id, stream, journal!.id, authority.financeOfficer.id],
        ],
      );
    });
  }
}
