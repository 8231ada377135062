import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, validateSync } from 'class-validator';
import { resolve } from 'node:path';

const url = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/**
 * Everything that a deployment can set, read once from the environment before Nest starts. Nothing else reads
 * `process.env`. Each property's comment is its documentation in docs/operating/configuration.md.
 */
export class Config {
  /** The database's owner: it migrates, and the services work through it as the role `ringfence_app`. */
  @Matches(/^postgres(ql)?:\/\/./, { message: 'DATABASE_URL must begin with postgres:// or postgresql://' })
  DATABASE_URL!: string;

  /** A login that may do no more than `ringfence_app`; without it the services use DATABASE_URL and `SET ROLE`. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/./, { message: 'DATABASE_APP_URL must begin with postgres:// or postgresql://' })
  DATABASE_APP_URL?: string;

  /** Connections that one process keeps open at most. */
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(200)
  DATABASE_POOL_MAX: number = 10;

  /** Where set, the queue is kept in Redis; else in PostgreSQL. */
  @IsOptional()
  @Matches(/^rediss?:\/\/./, { message: 'REDIS_URL must begin with redis:// or rediss://' })
  REDIS_URL?: string;

  /** The folder for uploaded files, the embedded PostgreSQL and logs. */
  @IsString()
  @MinLength(1)
  RINGFENCE_DATA: string = '.ringfence';

  /** Files that one person or client may send in a day, refused ones among them. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  UPLOADS_PER_DAY_MAX: number = 2_000;

  /** Mebibytes that one person or client may send in a day. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  UPLOAD_MEBIBYTES_PER_DAY_MAX: number = 4_096;

  /** Files that all who act for one authority may send in a day. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  AUTHORITY_UPLOADS_PER_DAY_MAX: number = 50_000;

  /** Mebibytes that all who act for one authority may send in a day. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  AUTHORITY_UPLOAD_MEBIBYTES_PER_DAY_MAX: number = 65_536;

  /** Mebibytes that one person or client may have sent in thirty days and never posted. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  UPLOAD_MEBIBYTES_UNUSED_MAX: number = 4_096;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65535)
  API_PORT: number = 4010;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65535)
  WEB_PORT: number = 4020;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65535)
  WORKER_PORT: number = 4030;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65535)
  PROVIDER_PORT: number = 4040;

  /** The address that api and web listen on. */
  @IsString()
  LISTEN_ADDRESS: string = '127.0.0.1';

  /** Proxies of one's own in front of the bundled provider: it believes what so many of them write to X-Forwarded-For. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(5)
  TRUSTED_PROXIES: number = 0;

  /** The address under which people reach the pages. */
  @IsUrl(url)
  WEB_URL: string = 'http://localhost:4020';

  /** The address under which bureaux and finance systems reach the API; also the audience of their tokens. */
  @IsUrl(url)
  API_URL: string = 'http://localhost:4010';

  /** The OpenID Connect issuer that signs people in. Without it `ringfence start` runs the bundled one. */
  @IsUrl(url)
  OIDC_ISSUER: string = 'http://localhost:4040';

  @IsString()
  OIDC_CLIENT_ID: string = 'ringfence-web';

  @IsString()
  OIDC_CLIENT_SECRET: string = 'ringfence-web-demo-secret';

  /** Whom the commands that call the API stand for: a client of the issuer, known to the authority as an API client. */
  @IsOptional()
  @IsString()
  RINGFENCE_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  RINGFENCE_CLIENT_SECRET?: string;

  /** Signs session cookies. Must be set to a secret of one's own when RINGFENCE_ENVIRONMENT is production. */
  @IsString()
  @MinLength(32)
  SESSION_SECRET: string = 'demo-session-secret-demo-session-secret';

  @IsIn(['production', 'demo', 'test'])
  RINGFENCE_ENVIRONMENT: 'production' | 'demo' | 'test' = 'demo';

  @IsIn(['error', 'warn', 'log', 'debug'])
  LOG_LEVEL: 'error' | 'warn' | 'log' | 'debug' = 'log';

  get production(): boolean {
    return this.RINGFENCE_ENVIRONMENT === 'production';
  }

  get dataFolder(): string {
    return resolve(this.RINGFENCE_DATA);
  }
}

export class ConfigError extends Error {}

/**
 * Builds the configuration from an environment. Throws one {@link ConfigError} that lists every failure, a line each,
 * and never prints a secret's value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const known = Object.keys(plainToInstance(Config, {}, { exposeDefaultValues: true }));
  const optional = ['DATABASE_URL', 'DATABASE_APP_URL', 'REDIS_URL', 'RINGFENCE_CLIENT_ID', 'RINGFENCE_CLIENT_SECRET'];
  const given = Object.fromEntries(
    [...new Set([...known, ...optional])]
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const failures = validateSync(config, { validationError: { target: false, value: false } }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  if (config.production) {
    const defaults = plainToInstance(Config, {}, { exposeDefaultValues: true });
    for (const secret of ['SESSION_SECRET', 'OIDC_CLIENT_SECRET'] as const) {
      if (config[secret] === defaults[secret])
        failures.push(`${secret} must be set to a secret of your own in production`);
    }
    if (given['OIDC_ISSUER'] === undefined) failures.push('OIDC_ISSUER must name your identity provider in production');
  }
  if (failures.length > 0) {
    throw new ConfigError(
      `The configuration has ${failures.length} fault(s):\n${failures.map((f) => `  ${f}`).join('\n')}`,
    );
  }
  return config;
}
