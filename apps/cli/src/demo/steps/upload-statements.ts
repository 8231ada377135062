import { setTimeout as pause } from 'node:timers/promises';
import { monthlyStatements } from '../bank/monthly-statements.js';
import { writeStatement } from '../bank/write-statement.js';
import type { BankStatement } from '../bank/bank-statement.js';
import type { AuthorityContext, FamilyContext, DemoContext } from '../context.js';

export const readMsMax = 60_000;

interface ImportAnswer {
  readonly id: string;
  readonly state: 'RECEIVED' | 'PARSED' | 'COMMITTED' | 'REFUSED' | 'REVERSED';
  readonly refusal: { readonly message: string } | null;
}

/** The files of the year, month by month, each looked at and then committed. Returns how many were sent. */
export async function uploadStatements({ year, authorities }: DemoContext, context: FamilyContext): Promise<number> {
  const { family } = context;
  const statements = monthlyStatements(year, family);
  let sent = 0;
  for (const [place, statement] of statements.entries()) {
    if (family.missingMonths.includes(place)) continue;
    // The one before never came, so its balances break: an officer lets it in all the same.
    const officer = family.missingMonths.includes(place - 1) ? authorities[family.authority].officer : undefined;
    await sendAndCommit(context, statement, `demo statement ${family.key} ${statement.from}`, officer);
    sent += 1;
  }
  if (family.sentTwice !== undefined) {
    // They forgot that they had sent it: every line is held already, and nothing is posted again.
    await sendAndCommit(context, statements[family.sentTwice]!, `demo statement ${family.key} again`);
    sent += 1;
  }
  return sent;
}

async function sendAndCommit(
  { uploader, ids }: FamilyContext,
  statement: BankStatement,
  key: string,
  officer?: AuthorityContext['officer'],
): Promise<void> {
  const file = writeStatement(statement);
  const fields = { designatedAccountId: ids.accountId };
  const { id } = await uploader.upload<{ id: string }>('/v1/statement-imports', fields, file, key);
  const until = Date.now() + readMsMax;
  for (let waitMs = 40; ; waitMs = Math.min(waitMs * 1.5, 500)) {
    const { state, refusal } = await uploader.get<ImportAnswer>(`/v1/statement-imports/${id}`);
    if (state === 'REFUSED') throw new Error(`${file.name} was refused: ${refusal?.message}`);
    if (state !== 'RECEIVED') break;
    if (Date.now() > until) {
      throw new Error(`${file.name} was not read within ${readMsMax / 1000} seconds: is the worker running?`);
    }
    await pause(waitMs);
  }
  if (officer) {
    const reason = 'The statement before was asked for twice and has not come. The later ones are not held up for it.';
    await officer.post(`/v1/statement-imports/${id}/accept-break`, { reason }, `${key} accept`);
  }
  await uploader.post(`/v1/statement-imports/${id}/commit`, {}, `${key} commit`);
}
