import type { Clock } from '@ringfence/kernel';
import { Problem } from '@ringfence/kernel';
import { createHash } from 'node:crypto';
import type { PoolClient, QueryConfig, QueryResultRow } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { commitUnanswered, postgresCode } from './database-errors.js';

/** Who acts, for which authority. The database derives from it which rows exist for this transaction. */
export interface TenantContext {
  readonly authorityId: string;
  readonly principal: { readonly kind: 'person' | 'client' | 'system'; readonly id: string };
}

/** Who the system is where somebody must have done a thing: a job, a sweep, an operator. */
export const systemId = '00000000-0000-7000-8000-000000000000';

/** The system acting for an authority: jobs, sweeps, migrations of data. It sees all of that authority's rows. */
export function systemContext(authorityId: string): TenantContext {
  return { authorityId, principal: { kind: 'system', id: systemId } };
}

/**
 * What a use case may ask of TypeORM: statements of one row or of several, which run in the transaction that is open.
 * `save`, `remove`, `transaction` and locks are not among them: TypeORM would open and commit a transaction of its own.
 */
export type RowManager = Pick<
  EntityManager,
  | 'find'
  | 'findBy'
  | 'findOne'
  | 'findOneBy'
  | 'findOneByOrFail'
  | 'existsBy'
  | 'countBy'
  | 'insert'
  | 'update'
  | 'delete'
  | 'createQueryBuilder'
>;

/** With a `name` the statement is parsed once per connection: for the few that are sent all the time. */
export type Query = <Row extends QueryResultRow = QueryResultRow>(
  sql: string,
  values?: unknown[],
  name?: string,
) => Promise<Row[]>;

/** One open transaction under one context: `manager` is TypeORM's side of it, `query` is `pg`'s; both share it. */
export interface Transaction {
  readonly context: TenantContext;
  readonly manager: RowManager;
  readonly client: PoolClient;
  readonly query: Query;
}

export interface IdempotentRequest {
  /** The caller's Idempotency-Key, 1 to 200 characters. */
  readonly key: string;
  /** What is asked, such as `POST /v1/pay-runs`; a key belongs to one operation. */
  readonly operation: string;
  /** The request as received; its canonical JSON is hashed and compared when the key comes again. */
  readonly payload: unknown;
}

export const idempotencyKeyCharactersMax = 200;
export const transactionAttemptsMax = 5;

/** PostgreSQL's codes for a transaction that may succeed when it is run again from the start. */
const retryable = new Set(['40001', '40P01']);

/**
 * The database as the services see it: through the role `ringfence_app`, one transaction per use case, opened in plain
 * sight. With no context the role sees no row (ledger.md, invariant 9).
 */
export class Database {
  constructor(
    private readonly dataSource: DataSource,
    readonly clock: Clock,
  ) {}

  /**
   * Runs one use case in one READ COMMITTED transaction under the context's row-level security. On a serialization
   * failure or a deadlock the whole use case is run again, at most {@link transactionAttemptsMax} times: `work` must
   * have no effect outside the transaction.
   */
  async transaction<T>(context: TenantContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(context, work);
      } catch (error) {
        if (attempt >= transactionAttemptsMax || !retryable.has(postgresCode(error) ?? '')) throw error;
        await new Promise((wake) => setTimeout(wake, 5 * 2 ** attempt * (0.5 + Math.random())));
      }
    }
  }

  /**
   * Like {@link transaction}, and at most once per key: a repeat with the same payload gets the first answer and
   * changes nothing, another payload under the same key is a conflict. The answer must survive JSON. It is kept in
   * the same transaction as the work, so an answer exists if and only if its effect does.
   */
  async once<T>(context: TenantContext, request: IdempotentRequest, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const fingerprint = createHash('sha256').update(canonicalJson(request.payload)).digest('hex');
    return this.transaction(context, async (tx) => {
      const claimed = await tx.query(
        `INSERT INTO idempotency_keys (authority_id, principal_id, operation, key, fingerprint)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING key`,
        [context.authorityId, context.principal.id, request.operation, request.key, fingerprint],
      );
      if (claimed.length === 0) return this.firstAnswer<T>(tx, request, fingerprint);
      const answer = await work(tx);
      const written = await tx.query(
        `UPDATE idempotency_keys SET answer = $5
          WHERE authority_id = $1 AND principal_id = $2 AND operation = $3 AND key = $4 RETURNING answer`,
        [context.authorityId, context.principal.id, request.operation, request.key, JSON.stringify(answer ?? null)],
      );
      // The first caller is answered with what a repeat will read, so that the two cannot differ.
      return written[0]!['answer'] as T;
    });
  }

  private async firstAnswer<T>(tx: Transaction, request: IdempotentRequest, fingerprint: string): Promise<T> {
    const [held] = await tx.query<{ fingerprint: string; answer: T }>(
      `SELECT fingerprint, answer FROM idempotency_keys
        WHERE authority_id = $1 AND principal_id = $2 AND operation = $3 AND key = $4`,
      [tx.context.authorityId, tx.context.principal.id, request.operation, request.key],
    );
    if (!held || held.fingerprint !== fingerprint) {
      throw new Problem(
        'idempotency-key-reused',
        `The Idempotency-Key ${JSON.stringify(request.key)} was used before for a different request: send a new key.`,
      );
    }
    return held.answer;
  }

  /**
   * One statement outside every authority, in no transaction. Row-level security then shows no authority's row, so this
   * is for the functions of the database that need none (who signs in, which authorities there are) and for health.
   */
  async untenanted<Row extends QueryResultRow = QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await runner.release();
    }
  }

  /** One transaction under a session of the pages instead of an authority: the database shows it that session alone. */
  async underSession<T>(sessionId: string, work: (query: Query) => Promise<T>): Promise<T> {
    return this.begun(sessionQuery(sessionId), ({ query }) => work(query));
  }

  private attempt<T>(context: TenantContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.begun(contextQuery(context, this.clock.now()), (open) => work({ context, ...open }));
  }

  /** Begins a transaction whose first statement says for whom it is, and ends it. */
  private async begun<T>(first: QueryConfig, work: (open: Omit<Transaction, 'context'>) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      // Sent, and not waited for: the first statement of the work travels right behind them.
      const begun = Promise.all([client.query(beginSql), client.query(first)]);
      begun.catch(() => undefined);
      const query: Query = async <Row extends QueryResultRow>(sql: string, values?: unknown[], name?: string) => {
        const answer = client.query<Row>(
          name ? { name, text: sql, values: values ?? [] } : { text: sql, values: values ?? [] },
        );
        answer.catch(() => undefined);
        await begun;
        return (await answer).rows;
      };
      const result = await work({ manager: runner.manager, client, query });
      await begun;
      const { command } = await client.query('COMMIT').catch((error: unknown) => {
        commitUnanswered(error);
        throw error;
      });
      // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed and the work went on regardless.
      if (command !== 'COMMIT') throw new Error('The transaction was not committed: one of its statements had failed.');
      return result;
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

const beginSql = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** Parsed once per connection. Without the transaction that precedes it, it would set nothing beyond itself. */
function contextQuery({ authorityId, principal }: TenantContext, now: Date): QueryConfig {
  return {
    name: 'context',
    text: `SELECT set_config('ringfence.authority_id', $1, true), set_config('ringfence.principal_kind', $2, true),
                  set_config('ringfence.principal_id', $3, true), set_config('ringfence.now', $4, true)`,
    values: [authorityId, principal.kind, principal.id, now.toISOString()],
  };
}

function sessionQuery(sessionId: string): QueryConfig {
  return { name: 'session', text: `SELECT set_config('ringfence.session_id', $1, true)`, values: [sessionId] };
}

/** JSON with sorted keys, so that the same request has the same text whatever the order of its fields. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_, item: unknown) =>
    typeof item === 'bigint'
      ? item.toString()
      : typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
  );
}
