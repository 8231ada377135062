import { ParseStatement } from '@ringfence/statements';
import type { Answer, Caller, TestApi } from '../support/api.js';
import type { SeededBudget } from '../support/seed.js';

const header =
  'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance';

/** An account of the tests with the bank's side of it: writes files, sends them, and asks what became of them. */
export class StatementRoom {
  constructor(
    private readonly api: TestApi,
    private readonly authorityId: string,
    readonly budget: SeededBudget,
    private readonly number: string,
  ) {}

  static async of(api: TestApi, authorityId: string, budget: SeededBudget): Promise<StatementRoom> {
    const { rows } = await api.owner.query<{ account_number: string }>(
      'SELECT account_number FROM designated_accounts WHERE id = $1',
      [budget.designatedAccountId],
    );
    return new StatementRoom(api, authorityId, budget, rows[0]!.account_number);
  }

  /** Newest first, as that bank writes; each row is `dd/mm/yyyy,description,out,in,balance`. */
  csv(rows: readonly string[]): Buffer {
    const lines = rows.map((row) => {
      const [date, description, out, paidIn, balance] = row.split(',');
      return `${date},DEB,'30-99-50,${this.number},${description},${out},${paidIn},${balance}`;
    });
    return Buffer.from([header, ...lines].join('\r\n'));
  }

  /** Sends a file and lets the job read it; answers the import as the sender sees it. */
  async read(name: string, rows: readonly string[], caller: Caller = this.budget.recipient): Promise<Answer> {
    const { body } = await caller.upload(
      '/v1/statement-imports',
      { designatedAccountId: this.budget.designatedAccountId },
      { name, type: 'text/csv', bytes: this.csv(rows) },
    );
    await this.api.app.get(ParseStatement).run({ authorityId: this.authorityId, importId: body.id as string });
    return caller.get(`/v1/statement-imports/${body.id as string}`);
  }

  /** Returns the id of a posted import. */
  async add(name: string, rows: readonly string[], caller: Caller = this.budget.recipient): Promise<string> {
    const { body } = await this.read(name, rows, caller);
    const committed = await this.commit(body.id as string, caller);
    if (committed.status !== 200) throw new Error(`${name} was not committed: ${JSON.stringify(committed.body)}`);
    return body.id as string;
  }

  commit(importId: string, caller: Caller = this.budget.recipient): Promise<Answer> {
    return caller.post(`/v1/statement-imports/${importId}/commit`, {});
  }

  reverse(
    importId: string,
    reason = 'It was sent by mistake.',
    caller: Caller = this.budget.recipient,
  ): Promise<Answer> {
    return caller.post(`/v1/statement-imports/${importId}/reverse`, { reason });
  }

  months(caller: Caller = this.budget.recipient): Promise<Answer> {
    return caller.get(`/v1/designated-accounts/${this.budget.designatedAccountId}/statement-months`);
  }

  /** Of the book, in pence. */
  async bankBalance(): Promise<string> {
    const { rows } = await this.api.owner.query<{ pence: string }>(
      `SELECT coalesce(sum(balance_pence), 0)::text AS pence FROM ledger_accounts WHERE book_id = $1 AND code = 'BANK'`,
      [this.budget.bookId],
    );
    return rows[0]!.pence;
  }
}
