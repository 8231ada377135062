import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describedBy, type Described, type Operation, type Schema } from '../system/operations.js';
import type { Answer, TestApi } from './api.js';
import { oncePerProcess } from './once-per-process.js';

/**
 * Holds every success to what the description says of it: the status, the content type, and each field, of the JSON.
 * Here an answer may have no field that is not described, although clients are told to pass over those.
 */
export function answerCheck(api: Pick<TestApi, 'app'>): (method: string, url: string, answer: Answer) => void {
  const checks = oncePerProcess('checks of answers', () => checksOf(describedBy(api)));
  return (method, url, answer) => {
    if (answer.status < 200 || answer.status > 299) return;
    const fault = checks(method, url)?.(answer);
    if (fault) throw new Error(`${method} ${url} is not answered as docs/reference/openapi.json has it: ${fault}`);
  };
}

/** Returns what is wrong with an answer. */
type Check = (answer: Answer) => string | undefined;

function checksOf(described: Described): (method: string, url: string) => Check | undefined {
  const validatorOf = validators(described);
  // A name in a path comes before a parameter: /policy-versions/difference is no version's id.
  const operations = [...described.operations]
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)
    .map((operation) => ({ operation, path: patternOf(operation.path) }));
  return (method, url) => {
    const [path = ''] = url.split('?');
    const found = operations.find((one) => one.operation.method === method.toLowerCase() && one.path.test(path));
    return found && ((answer) => faultOf(found.operation, answer, validatorOf));
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
}

function faultOf(operation: Operation, answer: Answer, validatorOf: Validators): string | undefined {
  const { status, headers, bytes, body } = answer;
  const response = operation.responses[String(status)];
  if (!response) return `it answered ${status}, and ${Object.keys(operation.responses).join(', ')} are described`;
  // That every success says what it answers is a test of its own, in test/system/openapi.spec.ts.
  if (!response.content) return status === 204 && bytes.length > 0 ? 'it answered a body with 204' : undefined;
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const content = response.content[type];
  if (!content)
    return `it answered ${type || 'no content'}, and ${Object.keys(response.content).join(', ')} is described`;
  if (type !== 'application/json') return undefined;
  const valid = validatorOf(operation, status);
  return valid(body) ? undefined : faultText(valid, body);
}

export type Validators = (operation: Operation, status: number | string) => ValidateFunction;

/** Checks of the JSON that an operation answers, made when they are first asked for. */
export function validators(described: Described): Validators {
  const valid = schemaValidators(described);
  const made = new Map<string, ValidateFunction>();
  return (operation, status) => {
    const name = `${operation.name} ${status}`;
    const schema = operation.responses[String(status)]?.content?.['application/json']?.schema;
    if (!schema) throw new Error(`${name} has no schema.`);
    const check = made.get(name) ?? valid(schema);
    made.set(name, check);
    return check;
  };
}

/** Makes a check of a schema that may name those of the description. */
export function schemaValidators(described: Described): (schema: Schema) => ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  ajvFormats.default(ajv);
  ajv.addKeyword('example');
  ajv.addSchema({ $id: 'described', $defs: named(closed(described.schemas)) });
  return (schema) => ajv.compile(named(closed(schema)) as object);
}

export function faultText({ errors }: ValidateFunction, body: unknown): string {
  const faults = (errors ?? []).map(({ instancePath, message, params }) => {
    const extra = (params as { additionalProperty?: string }).additionalProperty;
    return `${instancePath || 'the body'} ${message}${extra === undefined ? '' : ` (${extra})`}`;
  });
  return `${faults.join('; ')}, in ${JSON.stringify(body).slice(0, 2_000)}`;
}

/** Every object that says nothing of further fields has none. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const open = inside['type'] !== 'object' || 'additionalProperties' in inside || !('properties' in inside);
  return (open ? inside : { ...inside, additionalProperties: false }) as T;
}

/** The same schema, whose names are looked up in the document. */
function named(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"described#/$defs/'));
}
