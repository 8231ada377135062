import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import type { TestApi } from '../support/api.js';
import { oncePerProcess } from '../support/once-per-process.js';

/** As much of a JSON schema as the description of the API uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
}

/** What an operation answers with one status; without content it answers no body. */
export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>;
}

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  readonly path: string;
  /** "POST /v1/budgets", as the tests name it. */
  readonly name: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters: readonly Parameter[];
  /** By content type. */
  readonly bodies: Readonly<Record<string, Schema>>;
  /** Of its JSON bodies. */
  readonly examples: readonly unknown[];
  /** By status, or `default` for every refusal. */
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Described {
  readonly document: OpenAPIObject;
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Returns every operation that the API describes: the same for every app of a process, whatever its settings. */
export function describedBy(api: Pick<TestApi, 'app'>): Described {
  return oncePerProcess('described operations', () => readDescription(api));
}

function readDescription(api: Pick<TestApi, 'app'>): Described {
  const document = openApiDocument(api.app);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, RawOperation>).map(([method, raw]) => operationOf(path, method, raw)),
  );
  return { document, operations, schemas: (document.components?.schemas ?? {}) as Record<string, Schema> };
}

interface RawOperation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, RawContent>> };
  readonly responses?: Readonly<Record<string, Response>>;
}

interface RawContent {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

function operationOf(path: string, method: string, raw: RawOperation): Operation {
  return {
    ...raw,
    method: method as Operation['method'],
    path,
    name: `${method.toUpperCase()} ${path}`,
    parameters: raw.parameters ?? [],
    bodies: Object.fromEntries(
      Object.entries(raw.requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema]),
    ),
    examples: Object.values(raw.requestBody?.content['application/json']?.examples ?? {}).map(({ value }) => value),
    responses: raw.responses ?? {},
  };
}
