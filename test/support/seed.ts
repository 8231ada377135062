import { addAuthority, type Role } from '@ringfence/identity';
import { newId, type FundingStream } from '@ringfence/kernel';
import { postJournals, statementLineEntries } from '@ringfence/ledger';
import { systemContext, systemId } from '@ringfence/platform';
import type { Bearer } from './issuer.js';
import type { Caller, TestApi } from './api.js';

/** A person or a machine that was let in: its id, how it signs in, and its way to call. */
export interface Actor extends Caller {
  readonly id: string;
  readonly bearer: Bearer;
}

export interface SeededAuthority {
  readonly id: string;
  readonly payerId: string;
  readonly approver: Actor;
  readonly financeOfficer: Actor;
  readonly planCoordinator: Actor;
  readonly auditor: Actor;
}

export interface SeededBudget {
  readonly id: string;
  readonly recipient: Actor;
  readonly childId: string;
  readonly agreementId: string;
  readonly outcomeId: string;
  readonly designatedAccountId: string;
  readonly bookId: string;
  /** One line for each stream asked for. */
  readonly lines: Readonly<Partial<Record<FundingStream, string>>>;
}

export interface BudgetSeed {
  /** £5,000 a stream from `startsOn` for a year. */
  readonly streams?: readonly FundingStream[];
  readonly startsOn?: string;
  readonly endsOn?: string;
  /** Joins an account that is there, as a sibling's budget does. */
  readonly designatedAccountId?: string;
}

export interface PayeeSeed {
  readonly name: string;
  readonly kind?: string;
  readonly names?: readonly string[];
  readonly relationship?: string;
  readonly employeeReference?: string;
  readonly livesWithChild?: readonly { readonly from: string; readonly to?: string }[];
  readonly livesWithRecipient?: readonly { readonly from: string; readonly to?: string }[];
}

const dayOne = '2026-01-01';
let count = 0;

/** An authority with one officer of each role. Everything is seeded as the owner, past the API and its rules. */
export async function seedAuthority(api: TestApi, name = 'Oakshire County Council'): Promise<SeededAuthority> {
  count += 1;
  const subject = `approver-${count}`;
  const { authorityId, approverId } = await addAuthority(
    api.databaseUrl,
    {
      name,
      kind: 'LOCAL_AUTHORITY',
      code: `TEST${count}`,
      approver: { name: 'Ada Approver', email: 'ada@example.org', issuer: api.issuer, subject },
    },
    dayOne,
  );
  const payer = await api.owner.query<{ id: string }>('SELECT id FROM payers WHERE authority_id = $1', [authorityId]);
  return {
    id: authorityId,
    payerId: payer.rows[0]!.id,
    approver: actor(api, approverId, { subject }),
    financeOfficer: await seedPerson(api, authorityId, 'Finn Finance', 'FINANCE_OFFICER'),
    planCoordinator: await seedPerson(api, authorityId, 'Pia Planner', 'PLAN_COORDINATOR'),
    auditor: await seedPerson(api, authorityId, 'Audrey Auditor', 'AUDITOR'),
  };
}

/** A person who signs in, with a role over the authority, or for one budget, or with none yet. */
export async function seedPerson(
  api: TestApi,
  authorityId: string,
  name: string,
  role?: Role,
  budgetId?: string,
): Promise<Actor> {
  count += 1;
  const [id, subject] = [newId(), `person-${count}`];
  await api.owner.query('INSERT INTO people (authority_id, id, name) VALUES ($1, $2, $3)', [authorityId, id, name]);
  await seedAccepted(api, authorityId, subject, { personId: id });
  if (role) await seedGrant(api, authorityId, role, { personId: id }, budgetId);
  return actor(api, id, { subject });
}

/** An organisation with one API client: a payroll bureau that was granted the budgets, unless said otherwise. */
export async function seedClient(
  api: TestApi,
  authorityId: string,
  budgetIds: readonly string[],
  options: {
    readonly name?: string;
    readonly kind?: string;
    readonly role?: Role;
    readonly organisationId?: string;
  } = {},
): Promise<Actor & { readonly organisationId: string }> {
  count += 1;
  const { name = 'Fairpay Bureau', kind = 'PAYROLL_BUREAU', role = 'PAYROLL_BUREAU' } = options;
  const [id, clientId] = [newId(), `client-${count}`];
  const organisationId = options.organisationId ?? newId();
  if (!options.organisationId) {
    await api.owner.query('INSERT INTO organisations (authority_id, id, name, kind) VALUES ($1, $2, $3, $4)', [
      authorityId,
      organisationId,
      name,
      kind,
    ]);
  }
  await api.owner.query(
    `INSERT INTO api_clients (authority_id, id, organisation_id, issuer, client_id, name, accepted_at)
     VALUES ($1, $2, $3, $4, $5, $6, now())`,
    [authorityId, id, organisationId, api.issuer, clientId, name],
  );
  await seedAccepted(api, authorityId, clientId, { apiClientId: id });
  for (const budgetId of budgetIds) await seedGrant(api, authorityId, role, { apiClientId: id }, budgetId);
  return { ...actor(api, id, { clientId }), organisationId };
}

/** An invitation as it stands when its owner has accepted it. */
async function seedAccepted(
  api: TestApi,
  authorityId: string,
  identity: string,
  of: { readonly personId?: string; readonly apiClientId?: string },
): Promise<void> {
  await api.owner.query(
    `INSERT INTO invitations (authority_id, id, issuer, identity, person_id, api_client_id, state, invited_by, accepted_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'ACCEPTED', $7, now())`,
    [authorityId, newId(), api.issuer, identity, of.personId ?? null, of.apiClientId ?? null, systemId],
  );
  if (!of.personId) return;
  await api.owner.query('INSERT INTO sign_ins (authority_id, issuer, subject, person_id) VALUES ($1, $2, $3, $4)', [
    authorityId,
    api.issuer,
    identity,
    of.personId,
  ]);
}

export async function seedGrant(
  api: TestApi,
  authorityId: string,
  role: Role,
  to: { readonly personId?: string; readonly apiClientId?: string },
  budgetId?: string,
): Promise<void> {
  await api.owner.query(
    `INSERT INTO role_grants (authority_id, id, person_id, api_client_id, role, budget_id, valid_from, granted_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [authorityId, newId(), to.personId ?? null, to.apiClientId ?? null, role, budgetId ?? null, dayOne, systemId],
  );
}

/** A child's budget with its plan, one outcome, an agreement, a line for each stream and an account with its book. */
export async function seedBudget(
  api: TestApi,
  authority: SeededAuthority,
  seed: BudgetSeed = {},
): Promise<SeededBudget> {
  count += 1;
  const { streams = ['EDU'], startsOn = '2026-04-01', endsOn = '2027-03-31' } = seed;
  const own = authority.id;
  const [childId, planId, outcomeId, id, agreementId] = [newId(), newId(), newId(), newId(), newId()];
  const insert = (sql: string, ...values: unknown[]) => api.owner.query(sql, [own, ...values]);
  const recipient = await seedPerson(api, own, `Rosa Recipient ${count}`);
  await insert(
    `INSERT INTO people (authority_id, id, name, date_of_birth) VALUES ($1, $2, $3, '2014-05-05')`,
    childId,
    `Kit Child ${count}`,
  );
  await insert(
    `INSERT INTO plan_documents (authority_id, id, child_id, kind, starts_on) VALUES ($1, $2, $3, 'EHC_PLAN', $4)`,
    planId,
    childId,
    startsOn,
  );
  await insert(
    `INSERT INTO outcomes (authority_id, id, plan_document_id, reference, description) VALUES ($1, $2, $3, 'E1', 'Kit joins in')`,
    outcomeId,
    planId,
  );
  await insert(
    `INSERT INTO budgets (authority_id, id, reference, child_id, recipient_id, plan_document_id, starts_on, ends_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    id,
    `PB-${count}`,
    childId,
    recipient.id,
    planId,
    startsOn,
    endsOn,
  );
  await seedGrant(api, own, 'RECIPIENT', { personId: recipient.id }, id);
  await insert(
    `INSERT INTO agreements (authority_id, id, budget_id, payer_id) VALUES ($1, $2, $3, $4)`,
    agreementId,
    id,
    authority.payerId,
  );
  await insert(
    `INSERT INTO agreement_versions (authority_id, agreement_id, version, valid_from, signed_on, reason, created_by)
     VALUES ($1, $2, 1, $3, $3, 'First agreement', $4)`,
    agreementId,
    startsOn,
    authority.financeOfficer.id,
  );
  const lines: Partial<Record<FundingStream, string>> = {};
  for (const stream of streams) {
    lines[stream] = newId();
    await seedLine(api, own, { id: lines[stream], budgetId: id, agreementId, outcomeId, stream, startsOn, endsOn });
  }
  const account = await seedAccount(api, authority, id, recipient.id, seed);
  return { id, recipient, childId, agreementId, outcomeId, ...account, lines };
}

interface LineSeed {
  readonly id: string;
  readonly budgetId: string;
  readonly agreementId: string;
  readonly outcomeId: string;
  readonly stream: FundingStream;
  readonly startsOn: string;
  readonly endsOn: string;
}

async function seedLine(api: TestApi, authorityId: string, line: LineSeed): Promise<void> {
  const section = line.stream === 'HEALTH' ? 'G' : line.stream === 'SOCIAL_CHILD' ? 'H1' : 'F';
  // In one statement: the line must name its outcome by the end of the transaction.
  await api.owner.query(
    `WITH line AS (
       INSERT INTO budget_lines (authority_id, id, budget_id, agreement_id, name, stream, mechanism, holder, plan_section,
                                 amount_pence, starts_on, ends_on)
       VALUES ($1, $2, $3, $4, $5, $6, 'DIRECT_PAYMENT', 'FAMILY', $7, 500000, $8, $9))
     INSERT INTO budget_line_outcomes (authority_id, budget_id, budget_line_id, outcome_id) VALUES ($1, $3, $2, $10)`,
    [
      authorityId,
      line.id,
      line.budgetId,
      line.agreementId,
      `Personal assistant (${line.stream})`,
      line.stream,
      section,
      line.startsOn,
      line.endsOn,
      line.outcomeId,
    ],
  );
}

async function seedAccount(
  api: TestApi,
  authority: SeededAuthority,
  budgetId: string,
  holderId: string,
  seed: BudgetSeed,
): Promise<{ designatedAccountId: string; bookId: string }> {
  const designatedAccountId = seed.designatedAccountId ?? newId();
  const openedOn = seed.startsOn ?? '2026-04-01';
  let bookId = newId();
  if (seed.designatedAccountId) {
    const held = await api.owner.query<{ id: string }>(
      'SELECT id FROM books WHERE authority_id = $1 AND designated_account_id = $2',
      [authority.id, designatedAccountId],
    );
    bookId = held.rows[0]!.id;
  } else {
    await api.owner.query(
      `INSERT INTO designated_accounts (authority_id, id, kind, name, bank_name, sort_code, account_number, holder_person_id, opened_on, approved_by)
       VALUES ($1, $2, 'OWN_BANK', $3, 'Oak Bank', '309950', $4, $5, $6, $7)`,
      [
        authority.id,
        designatedAccountId,
        `Account ${count}`,
        String(10_000_000 + count),
        holderId,
        openedOn,
        authority.financeOfficer.id,
      ],
    );
    await api.owner.query('INSERT INTO books (authority_id, id, designated_account_id, name) VALUES ($1, $2, $3, $4)', [
      authority.id,
      bookId,
      designatedAccountId,
      `Account ${count}`,
    ]);
  }
  await api.owner.query(
    `INSERT INTO designated_account_budgets (authority_id, designated_account_id, budget_id, valid_from) VALUES ($1, $2, $3, $4)`,
    [authority.id, designatedAccountId, budgetId, openedOn],
  );
  return { designatedAccountId, bookId };
}

/** A payee of the budget, a personal assistant unless said otherwise, with the days of living together. */
export async function seedPayee(api: TestApi, authorityId: string, budgetId: string, seed: PayeeSeed): Promise<string> {
  const id = newId();
  await api.owner.query(
    `INSERT INTO payees (authority_id, id, budget_id, name, kind, names, employee_reference, relationship)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      authorityId,
      id,
      budgetId,
      seed.name,
      seed.kind ?? 'PERSONAL_ASSISTANT',
      seed.names ?? [],
      seed.employeeReference ?? null,
      seed.relationship ?? 'none',
    ],
  );
  const spans = [
    ...(seed.livesWithChild ?? []).map((span) => ({ ...span, livesWith: 'CHILD' })),
    ...(seed.livesWithRecipient ?? []).map((span) => ({ ...span, livesWith: 'RECIPIENT' })),
  ];
  for (const { livesWith, from, to } of spans) {
    await api.owner.query(
      `INSERT INTO household_memberships (authority_id, id, budget_id, payee_id, lives_with, valid_from, valid_to, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $2)`,
      [authorityId, newId(), budgetId, id, livesWith, from, to ?? null],
    );
  }
  return id;
}

/** A bank line as its import leaves it: posted, BANK against SUSPENSE, and assessed by nobody yet. Returns its id. */
export async function seedStatementLine(
  api: TestApi,
  authorityId: string,
  budget: Pick<SeededBudget, 'id' | 'designatedAccountId' | 'bookId'>,
  line: { readonly date: string; readonly amountPence: bigint; readonly description: string; readonly mcc?: string },
): Promise<string> {
  const [importId, id] = [newId(), newId()];
  const journalId = await api.database.transaction(systemContext(authorityId), async (tx) => {
    const entries = statementLineEntries(line.amountPence, budget.id);
    const [posted] = await postJournals(tx, [
      {
        bookId: budget.bookId,
        kind: 'STATEMENT_LINE',
        description: line.description,
        effectiveDate: line.date,
        source: { type: 'statement-line', id },
        idempotencyKey: `statement-line:${id}`,
        entries: entries.map((entry) => ({ ...entry, serviceDate: line.date })),
      },
    ]);
    return posted!.id;
  });
  await api.owner.query(
    `INSERT INTO statement_imports (authority_id, id, designated_account_id, state, file_name, file_hash, file_bytes,
                                    uploaded_by, received_at, committed_by, committed_at)
     VALUES ($1, $2, $3, 'COMMITTED', 'seed.csv', repeat('0', 64), 1, $2, now(), $2, now())`,
    [authorityId, importId, budget.designatedAccountId],
  );
  await api.owner.query(
    `INSERT INTO statement_lines (authority_id, id, designated_account_id, budget_id, import_id, position, line_date, amount_pence,
                                  description, normalised_description, mcc, raw, source_line, parser_version, content_key, occurrence, journal_id)
     VALUES ($1, $2::uuid, $3, $4, $5, 0, $6, $7, $8::text, upper($8::text), $9, '', 1, 'seed', $2::uuid::text, 0, $10)`,
    [
      authorityId,
      id,
      budget.designatedAccountId,
      budget.id,
      importId,
      line.date,
      line.amountPence,
      line.description,
      line.mcc ?? null,
      journalId,
    ],
  );
  return id;
}

function actor(api: TestApi, id: string, bearer: Bearer): Actor {
  return { ...api.as(bearer), id, bearer };
}
