import { addDays, newId } from '@ringfence/kernel';
import { systemContext, type Transaction } from '@ringfence/platform';
import { CommitStatement, linesCommittedAtOnceMax, newLines, ParseStatement } from '@ringfence/statements';
import fc from 'fast-check';
import { comparePreview } from '../../libs/statements/src/duplicates/compare-preview.js';
import {
  forgetPreview,
  readPreview,
  writePreview,
  type PreviewLine,
} from '../../libs/statements/src/records/preview.sql.js';
import { startApi, type Answer, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, type SeededAuthority, type SeededBudget } from '../support/seed.js';

const direct = 'Date,Description,Amount,Balance';
const monzo =
  'Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split';

describe('statements of many lines', () => {
  let api: TestApi;
  let authority: SeededAuthority;

  beforeAll(async () => {
    api = await startApi();
    authority = await seedAuthority(api);
  }, 60_000);

  afterAll(() => api.stop());

  async function read(budget: SeededBudget, text: string): Promise<Answer> {
    const { body } = await budget.recipient.upload(
      '/v1/statement-imports',
      { designatedAccountId: budget.designatedAccountId },
      { name: 'statement.csv', type: 'text/csv', bytes: Buffer.from(text) },
    );
    await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: body.id as string });
    return budget.recipient.get(`/v1/statement-imports/${body.id as string}`);
  }

  async function commit(budget: SeededBudget, importId: string): Promise<Answer> {
    return budget.recipient.post(`/v1/statement-imports/${importId}/commit`, {});
  }

  async function add(budget: SeededBudget, text: string): Promise<Answer> {
    const seen = await read(budget, text);
    return commit(budget, seen.body.id as string);
  }

  async function linesOf(budget: SeededBudget): Promise<string[]> {
    const { rows } = await api.owner.query<{ line: string }>(
      `SELECT line_date::text || ' ' || amount_pence AS line FROM statement_lines
        WHERE designated_account_id = $1 AND kind = 'LINE' ORDER BY 1`,
      [budget.designatedAccountId],
    );
    return rows.map(({ line }) => line);
  }

  /** What the work answers; its transaction is rolled back. */
  async function undone<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const stop = new Error('undone');
    let answer: T | undefined;
    await api.database
      .transaction(systemContext(authority.id), async (tx) => {
        answer = await work(tx);
        throw stop;
      })
      .catch((error: unknown) => {
        if (error !== stop) throw error;
      });
    return answer as T;
  }

  function card(id: string, day: string, name: string, pounds: string): string {
    return `${id},${day},09:00:00,Card payment,${name},,Shopping,${pounds},GBP,${pounds},GBP,,,,,`;
  }

  it('are posted by a job, which is answered with 202 and tells how it goes', async () => {
    const budget = await seedBudget(api, authority);
    const count = linesCommittedAtOnceMax + 1;
    // Newest first, so that the preview has to turn the file round.
    const rows = Array.from({ length: count }, (_, at) => {
      const day = addDays('2026-06-01', -Math.floor(at / 600));
      return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)},SHOP ${at % 7},-1.00,${50_000 + at}.00`;
    });
    const seen = await read(budget, [direct, ...rows].join('\n'));
    expect(seen.body).toMatchObject({ state: 'PARSED', progress: null, counts: { new: count }, breaks: [] });
    const id = seen.body.id as string;
    const asked = await commit(budget, id);
    expect(asked).toMatchObject({ status: 202, body: { id, state: 'COMMITTING' } });
    expect(asked.headers['location']).toBe(`/v1/statement-imports/${id}`);
    expect((await commit(budget, id)).body).toMatchObject({
      detail: 'The statement cannot be committed because its lines are being posted: look at it again in a moment.',
    });
    const job = { authorityId: authority.id, importId: id };
    // A worker that was killed leaves the job to another; two at once post the lines once.
    await Promise.all([api.app.get(CommitStatement).run(job), api.app.get(CommitStatement).run(job)]);
    await api.app.get(CommitStatement).run(job);
    const after = await budget.recipient.get(`/v1/statement-imports/${id}`);
    expect(after.body).toMatchObject({ state: 'COMMITTED', progress: null, commitRefusal: null });
    expect(await linesOf(budget)).toHaveLength(count);
    const { rows: posted } = await api.owner.query(
      `SELECT actor_kind, actor_id, count(*)::integer AS journals FROM journals j JOIN books b ON b.id = j.book_id
        WHERE b.designated_account_id = $1 AND kind = 'STATEMENT_LINE' GROUP BY 1, 2`,
      [budget.designatedAccountId],
    );
    expect(posted).toEqual([{ actor_kind: 'person', actor_id: budget.recipient.id, journals: count }]);
  }, 120_000);

  it('that the books refuse meanwhile are given back, with the reason', async () => {
    const budget = await seedBudget(api, authority);
    const seen = await read(budget, `${direct}\n01/06/2026,SHOP,-1.00,9.00\n`);
    const id = seen.body.id as string;
    const stranger = { kind: 'person', id: newId() };
    await api.owner.query(`UPDATE statement_imports SET state = 'COMMITTING', commit_request = $2 WHERE id = $1`, [
      id,
      JSON.stringify({ principal: stranger, acceptAsNew: [], confirmed: false }),
    ]);
    await api.app.get(CommitStatement).run({ authorityId: authority.id, importId: id });
    expect((await budget.recipient.get(`/v1/statement-imports/${id}`)).body).toMatchObject({
      state: 'PARSED',
      commitRefusal: `There is no statement import ${id} that you can see.`,
    });
    expect(await commit(budget, id)).toMatchObject({ status: 200, body: { posted: 1 } });
  });

  it('are kept where their text has half of a surrogate pair, which the database cannot keep', async () => {
    const budget = await seedBudget(api, authority);
    const words = ['CAFE &#xD83D;', 'CAFE &#xDE00;', 'CAFE 😀', 'CAFE \\u0000 \\ud83d'];
    const entries = words.map(
      (each, at) => `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260601<TRNAMT>-1.00<FITID>F${at}<NAME>${each}<MEMO>M</STMTTRN>`,
    );
    const file = `OFXHEADER:100\nDATA:OFXSGML\nENCODING:UTF-8\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP
      <BANKTRANLIST>${entries.join('')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
    expect((await add(budget, file)).body).toMatchObject({ posted: words.length });
    const { rows } = await api.owner.query<{ description: string }>(
      'SELECT description FROM statement_lines WHERE designated_account_id = $1 ORDER BY position',
      [budget.designatedAccountId],
    );
    // Backslashes written out in the file are ordinary characters.
    expect(rows.map(({ description }) => description)).toEqual([
      'CAFE \ufffd M',
      'CAFE \ufffd M',
      'CAFE 😀 M',
      'CAFE \\u0000 \\ud83d M',
    ]);
  });

  it('are written to a preview whatever characters a reader hands on, the character 0 among them', async () => {
    const budget = await seedBudget(api, authority);
    const text = fc.string({
      unit: fc.constantFrom('\0', '\ud83d', '\ude00', '\\', 'u0000', '\\ud83d', '"', 'é', '\n', 'A'),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (words) => {
        const written = await undone(async (tx) => {
          const target = await emptyImport(tx, budget.designatedAccountId);
          const lines = words.map((description, position) => ({
            ...comparable,
            normalisedDescription: description,
            position,
          }));
          await writePreview(tx, target, lines.map(previewLine));
          return readPreview(tx, target.id);
        });
        expect(written.map(({ line }) => line.description)).toEqual(
          words.map((each) => Buffer.from(each).toString().replaceAll('\0', '\ufffd')),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('tell their progress to others while they are being read', async () => {
    const budget = await seedBudget(api, authority);
    const seen = await read(budget, `${direct}\n01/06/2026,SHOP,-1.00,9.00\n`);
    await api.owner.query(
      `UPDATE statement_imports SET progress_step = 'POSTING', progress_done = 5000, progress_of = 20000 WHERE id = $1`,
      [seen.body.id],
    );
    expect((await budget.recipient.get(`/v1/statement-imports/${seen.body.id as string}`)).body).toMatchObject({
      progress: { step: 'POSTING', done: 5_000, of: 20_000 },
    });
  });

  it('remember the id that a later file gives to a line, and find it by that id when the bank has renamed it', async () => {
    const budget = await seedBudget(api, authority);
    await add(budget, `${direct}\n01/06/2026,CAFE,-2.40,97.60\n02/06/2026,SWIM,-5.00,92.60\n`);
    const first = await add(budget, [monzo, card('tx_1', '01/06/2026', 'CAFE', '-2.40')].join('\n'));
    expect(first.body).toMatchObject({ posted: 0, alreadyHeld: 1 });
    const { rows } = await api.owner.query(
      `SELECT a.bank_id, l.description FROM statement_line_aliases a JOIN statement_lines l ON l.id = a.statement_line_id
        WHERE a.designated_account_id = $1`,
      [budget.designatedAccountId],
    );
    expect(rows).toEqual([{ bank_id: 'tx_1', description: 'CAFE' }]);
    const renamed = await read(budget, [monzo, card('tx_1', '02/06/2026', 'The Corner Cafe', '-2.40')].join('\n'));
    expect(renamed.body.counts).toMatchObject({ new: 0, alreadyHeld: 1, possibleDuplicates: 0 });
    // Another amount under the same id is for a person to decide, and another id is another line.
    const others = [card('tx_1', '01/06/2026', 'CAFE', '-9.90'), card('tx_2', '01/06/2026', 'CAFE', '-2.40')];
    expect((await read(budget, [monzo, ...others].join('\n'))).body.counts).toMatchObject({
      new: 1,
      possibleDuplicates: 1,
    });
  });

  it('are the same lines whatever the order and the overlap of their uploads, with ids and without', async () => {
    const line = fc.record({ day: fc.integer({ min: 1, max: 9 }), pence: fc.integer({ min: 1, max: 3 }) });
    const uploads = fc.array(
      fc.record({ from: fc.integer({ min: 1, max: 9 }), days: fc.integer({ min: 0, max: 8 }), ids: fc.boolean() }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), uploads, async (lines, parts) => {
        const budget = await seedBudget(api, authority);
        // Amounts that differ more than days: near amounts would wait for a person.
        const all = lines
          .map((each, at) => ({ ...each, id: `tx_${at}` }))
          .sort((a, b) => a.day - b.day)
          .map(({ day, pence, id }) => ({ day, id, date: `0${day}/06/2026`, pounds: `-${pence}${day}.00` }));
        const covered = new Set<string>();
        for (const { from, days, ids } of parts) {
          // Whole days, as banks export them.
          const part = all.filter(({ day }) => day >= from && day <= from + days);
          if (part.length === 0) continue;
          for (const { id } of part) covered.add(id);
          const rows = ids
            ? [monzo, ...part.map(({ id, date, pounds }) => card(id, date, 'SHOP', pounds))]
            : part.map(({ date, pounds }) => `${date},SHOP,${pounds}`);
          expect((await add(budget, rows.join('\n'))).body).toMatchObject({ leftOut: 0 });
        }
        const expected = all
          .filter(({ id }) => covered.has(id))
          .map(({ day, pounds }) => `2026-06-0${day} ${pounds.replace('.', '')}`);
        expect(await linesOf(budget)).toEqual(expected.sort());
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('are compared some amounts at a time with the result of comparing all at once', async () => {
    const budget = await seedBudget(api, authority);
    const parts = {
      date: fc.integer({ min: 0, max: 8 }).map((days) => addDays('2026-06-01', days)),
      amountPence: fc.bigInt({ min: 1n, max: 4n }),
      normalisedDescription: fc.constantFrom('CAFE', 'SHOP'),
      bankId: fc.constantFrom(null, null, 'A', 'B', 'C'),
      balancePence: fc.constantFrom(null, 10n, 20n),
    };
    const many = fc.array(fc.record(parts), { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(many, many, fc.integer({ min: 1, max: 6 }), async (held, incoming, atOnce) => {
        const [expected, found] = await undone((tx) =>
          comparedBothWays(tx, budget.designatedAccountId, held, incoming, atOnce),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

type Comparable = Pick<
  PreviewLine['line'],
  'date' | 'amountPence' | 'normalisedDescription' | 'bankId' | 'balancePence'
>;

async function comparedBothWays(
  tx: Transaction,
  designatedAccountId: string,
  held: readonly Comparable[],
  incoming: readonly Comparable[],
  atOnce: number,
): Promise<[unknown, unknown]> {
  const target = await emptyImport(tx, designatedAccountId);
  const known = held.map((line, position) => ({ ...line, position, heldId: newId() }));
  await tx.query(
    `INSERT INTO statement_lines (authority_id, id, designated_account_id, import_id, position, line_date, amount_pence, description,
       normalised_description, bank_id, balance_pence, raw, source_line, parser_version, content_key, occurrence, journal_id)
     SELECT $1, h.id, $2, $3, h.position, h.date, h.pence, 'x', h.words, h.bank_id, h.balance, '', 1, 'x', h.id::text, 0, h.id
       FROM json_to_recordset($4::json) AS h (id uuid, position integer, date date, pence bigint, words text, bank_id text, balance bigint)`,
    [
      tx.context.authorityId,
      designatedAccountId,
      target.id,
      JSON.stringify(
        known.map((line) => ({
          id: line.heldId,
          position: line.position,
          date: line.date,
          pence: line.amountPence.toString(),
          words: line.normalisedDescription,
          bank_id: line.bankId,
          balance: line.balancePence?.toString(),
        })),
      ),
    ],
  );
  const sorted = [...known].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.position - b.position));
  const whole = newLines(sorted, incoming);
  const expected = incoming.map((line) => {
    const same = whole.held.find((match) => match.line === line);
    const doubt = whole.possibleDuplicates.find((match) => match.line === line);
    if (same) return ['HELD', same.heldId, null];
    return doubt ? ['POSSIBLE_DUPLICATE', doubt.heldId, doubt.why] : ['NEW', null, null];
  });
  await forgetPreview(tx, target.id);
  await writePreview(
    tx,
    target,
    incoming.map((line, position) => previewLine({ ...line, position })),
  );
  await comparePreview(tx, target, () => undefined, atOnce);
  const found = await readPreview(tx, target.id);
  return [expected, found.map(({ verdict, heldLineId, why }) => [verdict, heldLineId, why])];
}

async function emptyImport(
  tx: Transaction,
  designatedAccountId: string,
): Promise<{ id: string; designatedAccountId: string }> {
  const id = newId();
  await tx.query(
    `INSERT INTO statement_imports (authority_id, id, designated_account_id, file_name, file_hash, file_bytes, uploaded_by, received_at)
     VALUES ($1, $2, $3, 'x', repeat('0', 64), 1, $2, now())`,
    [tx.context.authorityId, id, designatedAccountId],
  );
  return { id, designatedAccountId };
}

const comparable: Comparable = {
  date: '2026-06-01',
  amountPence: -100n,
  normalisedDescription: 'CAFE',
  bankId: null,
  balancePence: null,
};

function previewLine({ position, ...line }: Comparable & { readonly position: number }): PreviewLine {
  return {
    position,
    verdict: 'NEW',
    heldLineId: null,
    why: null,
    line: {
      ...line,
      description: line.normalisedDescription,
      raw: '',
      sourceLine: position + 1,
      kind: null,
      mcc: null,
      status: 'posted',
      originalAmount: null,
      originalCurrency: null,
    },
  };
}
