import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '../config.js';
import { pgWithPool, Pool } from './pool.js';

type Entities = NonNullable<DataSourceOptions['entities']>;

const int8Oid = 20;
const dateOid = 1082;

/** Pence are bigint and calendar dates stay text, on our connections only: the queue's library keeps pg's defaults. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === int8Oid) return (text: string) => BigInt(text);
    if (oid === dateOid) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
};

/** A pool that works as `ringfence_app`, for the services. */
export function appDataSource(config: Config, entities: Entities): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: pgWithPool,
    url: config.DATABASE_APP_URL ?? config.DATABASE_URL,
    schema: 'ringfence',
    entities,
    poolSize: config.DATABASE_POOL_MAX,
    connectTimeoutMS: 10_000,
    // Statements are sent without waiting for the answers of those before them; PostgreSQL runs them in their order.
    extra: { types, pipeline: true, options: '-c role=ringfence_app -c search_path=ringfence -c timezone=UTC' },
  });
}

/** A pool that works as the owner: migrations, verification by an operator, and tests that must act as the owner. */
export function ownerPool(databaseUrl: string, connectionsMax = 2): Pool {
  return new Pool({
    connectionString: databaseUrl,
    max: connectionsMax,
    connectionTimeoutMillis: 10_000,
    types: types as pg.CustomTypesConfig,
    options: '-c search_path=ringfence -c timezone=UTC',
  });
}
