import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { addAuthority } from '@ringfence/identity';
import { DemoApiClient } from '../../apps/cli/src/demo/api-client.js';
import { Tokens } from '../../apps/cli/src/demo/sign-in.js';
import { providerAccounts } from '../../apps/cli/src/start/provider.js';
import { startDemoWorld, type DemoWorld } from '../demo/demo-world.js';

export interface Line {
  readonly id: string;
  readonly date: string;
  readonly description: string;
  readonly amount: string;
  readonly remaining: string;
  readonly state: string;
  readonly verdict: string | null;
  readonly findings: readonly { rule: string; verdict: string; amount: string }[];
  readonly suggestions: readonly { id: string; score: number }[];
}

const waitMsMax = 20_000;
const password = 'a password for a spec';

/** One council, its people, and what a spec tells of them month by month, over HTTP. */
export class FamilyWorld {
  readonly clients = new Map<string, DemoApiClient>();
  private readonly tokens: Tokens;

  private constructor(readonly world: DemoWorld) {
    this.tokens = new Tokens(world.issuer, providerAccounts(world.dataFolder));
  }

  static async start(day: string): Promise<FamilyWorld> {
    return new FamilyWorld(await startDemoWorld(`${day}T09:00:00Z`));
  }

  /** What the clock says from now on; the worker then does what is due. */
  async dayIs(day: string): Promise<void> {
    this.world.clock.moveTo(new Date(`${day}T09:00:00Z`));
    await this.world.sweep();
  }

  async openCouncil(approver: string, day: string): Promise<DemoApiClient> {
    const signIn = await this.signIn(approver);
    const person = { name: approver, email: emailOf(approver), ...signIn };
    await addAuthority(
      this.world.databaseUrl,
      { name: 'Oakshire Council', kind: 'LOCAL_AUTHORITY', code: 'OAK', approver: person },
      day,
    );
    return this.client(approver);
  }

  async signIn(name: string): Promise<{ issuer: string; subject: string }> {
    const subject = await providerAccounts(this.world.dataFolder).addAccount({ name, email: emailOf(name), password });
    return { issuer: this.world.issuer, subject };
  }

  async machine(clientId: string): Promise<DemoApiClient> {
    const secret = `${clientId}-secret`;
    await providerAccounts(this.world.dataFolder).addClient({ kind: 'machine', clientId, name: clientId, secret });
    return new DemoApiClient(this.world.apiUrl, () => this.tokens.ofMachine(clientId, secret));
  }

  client(name: string): DemoApiClient {
    return new DemoApiClient(this.world.apiUrl, () => this.tokens.ofPerson(emailOf(name), password));
  }
}

export function emailOf(name: string): string {
  return `${name.toLowerCase().replace(/ /g, '.')}@oakshire.example`;
}

export function post<Answer = { id: string }>(client: DemoApiClient, path: string, body: unknown): Promise<Answer> {
  return client.post<Answer>(path, body, randomUUID());
}

/**
 * Uploads a statement, waits for its preview, commits it, and returns what was posted. One whose balances break with those
 * before is refused; with an officer, that officer then accepts the difference.
 */
export async function sendStatement(
  client: DemoApiClient,
  designatedAccountId: string,
  name: string,
  text: string,
  officer?: DemoApiClient,
) {
  const file = { name, contentType: 'text/csv', bytes: Buffer.from(text) };
  const fields = { designatedAccountId };
  const { id } = await client.upload<{ id: string }>('/v1/statement-imports', fields, file, randomUUID());
  await until(
    () => client.get<{ state: string }>(`/v1/statement-imports/${id}`),
    ({ state }) => state !== 'RECEIVED',
  );
  const commit = () => post<{ posted: number; alreadyHeld: number }>(client, `/v1/statement-imports/${id}/commit`, {});
  if (officer) {
    await expect(commit()).rejects.toThrow('The statement cannot be added yet');
    await post(officer, `/v1/statement-imports/${id}/accept-break`, { reason: 'The one before is on its way.' });
  }
  return commit();
}

/** Accepts the best suggestion of every open line once `count` lines have one. */
export async function acceptMatches(officer: DemoApiClient, accountId: string, count: number): Promise<void> {
  const open = `/v1/statement-lines?designatedAccountId=${accountId}&state=OPEN`;
  const matched = (lines: readonly Line[]): Line[] => lines.filter(({ suggestions }) => suggestions.length > 0);
  const lines = matched(
    await until(
      () => officer.all<Line>(open),
      (found) => matched(found).length >= count,
    ),
  );
  if (lines.length !== count) throw new Error(`${lines.length} lines have a match, and ${count} should.`);
  const best = lines.map(({ suggestions }) => [...suggestions].sort((a, b) => b.score - a.score)[0]!.id);
  await post(officer, '/v1/allocations', { suggestionIds: best });
}

/** Reads until it is as it should be, or answers what it was in the end. */
export async function until<T>(read: () => Promise<T>, done: (found: T) => boolean): Promise<T> {
  const last = Date.now() + waitMsMax;
  for (;;) {
    const found = await read();
    if (done(found) || Date.now() > last) return found;
    await pause(100);
  }
}
