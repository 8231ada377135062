import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';

/** What is wrong at one place of a value: its JSON pointer, and a sentence that begins with it. */
export interface JsonRefusal {
  readonly pointer: string;
  readonly message: string;
}

export type JsonRead<Schema extends TSchema> =
  { readonly value: Static<Schema> } | { readonly refusals: readonly [JsonRefusal, ...JsonRefusal[]] };

/** What the value is called in a refusal, such as "profile". */
export interface JsonNames {
  readonly whole: string;
}

type Validator = ReturnType<typeof Compile>;

/** What a schema may say; `words` is what a text must be, where its pattern would tell nobody. */
interface Keywords extends TSchema {
  readonly words?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Keywords[];
  readonly properties?: Readonly<Record<string, Keywords>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** More than a value within the limits of JSON bodies is told. */
const refusalsMax = 1_000;
const nameCharactersShown = 100;

const compiled = new WeakMap<TSchema, Validator>();

/**
 * Reads a value that came as JSON by a TypeBox schema, which is compiled once. Returns it with the schema's type, or
 * everything that is wrong with it. What stands in a refused place is not looked at.
 */
export function readJson<const Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  names: JsonNames,
): JsonRead<Schema> {
  if (validatorOf(schema).Check(value)) return { value: value as Static<Schema> };
  const [first, ...others] = refusalsOf(schema, value, '', names);
  if (first === undefined) throw new Error(`A ${names.whole} does not fit its schema, and no sentence says why.`);
  return { refusals: [first, ...others] };
}

function validatorOf(schema: TSchema): Validator {
  const known = compiled.get(schema);
  if (known) return known;
  const made = Compile(schema);
  compiled.set(schema, made);
  return made;
}

function refusalsOf(schema: Keywords, value: unknown, at: string, names: JsonNames): JsonRefusal[] {
  const found = new Map<string, JsonRefusal>();
  const unknown = new Map<string, JsonRefusal>();
  const add = (to: Map<string, JsonRefusal>, pointer: string, message: string): void => {
    if (!to.has(pointer)) to.set(pointer, { pointer, message });
  };
  for (const error of errorsOf(schema, value)) {
    const { keyword, instancePath, schemaPath } = error;
    // What each way of an `anyOf` lacks is asked of the one that was meant.
    if (keyword === 'boolean' || schemaPath.includes('/anyOf/')) continue;
    const pointer = `${at}${instancePath}`;
    if (keyword === 'required') {
      for (const name of error.params.requiredProperties) {
        add(found, `${pointer}/${escaped(name)}`, `${pointer}/${escaped(name)} is missing.`);
      }
    } else if (keyword === 'additionalProperties') {
      for (const name of error.params.additionalProperties) {
        const field = `${pointer}/${escaped(name.slice(0, nameCharactersShown))}`;
        add(unknown, field, `${field} is not a field of a ${names.whole}.`);
      }
    } else {
      const its = valueAt(schema, schemaPath.slice(1)) as Keywords;
      if (keyword === 'anyOf') {
        for (const each of wayRefusals(its, valueAt(value, instancePath), pointer, names)) {
          add(found, each.pointer, each.message);
        }
      } else {
        add(found, pointer, `${pointer === '' ? `The ${names.whole}` : pointer} must be ${demandOf(its)}.`);
      }
    }
  }
  const all = [...found.values(), ...unknown.values()];
  return all.filter(({ pointer }) => !all.some((other) => pointer.startsWith(`${other.pointer}/`)));
}

/** An object of one of several kinds is held to its own; a value that may be null, to what it is otherwise. */
function wayRefusals({ anyOf = [] }: Keywords, value: unknown, at: string, names: JsonNames): JsonRefusal[] {
  const kinds = anyOf.map((way) => way.properties?.['kind']?.const);
  if (kinds.every((kind) => kind === undefined)) {
    const way = anyOf.find(({ type }) => type !== 'null');
    return way ? refusalsOf(way, value, at, names) : [];
  }
  const kind: unknown = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const way = kind === undefined ? undefined : anyOf[kinds.indexOf(kind)];
  if (way) return refusalsOf(way, value, at, names);
  return [{ pointer: `${at}/kind`, message: `${at}/kind must be ${choices(kinds)}.` }];
}

function demandOf({ words, type, enum: values, const: only, ...limits }: Keywords): string {
  if (words !== undefined) return words;
  if (values !== undefined) return choices(values);
  if (only !== undefined) return choices([only]);
  if (type === 'object') return 'an object';
  if (type === 'array') return `a list of ${limits.minItems ?? 0} to ${limits.maxItems}`;
  if (type === 'string') return `a text of ${limits.minLength ?? 0} to ${limits.maxLength} characters`;
  return type === 'boolean' ? 'true or false' : `a ${type}`;
}

function choices(values: readonly unknown[]): string {
  return values.map((each) => JSON.stringify(each)).join(' or ');
}

/** TypeBox stops at eight errors, of which an `anyOf` may take all. */
function errorsOf(schema: TSchema, value: unknown): ReturnType<Validator['Errors']> {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: refusalsMax });
  try {
    return validatorOf(schema).Errors(value);
  } finally {
    Settings.Set({ maxErrors });
  }
}

function valueAt(whole: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (part, name) => (part as Record<string, unknown>)[name.replace(/~1/g, '/').replace(/~0/g, '~')],
      whole,
    );
}

function escaped(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}
