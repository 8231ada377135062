import fastJson from 'fast-json-stringify';
import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';

type Serialize = (value: unknown) => string;

/**
 * Makes what turns a response into JSON, from its schema: a field that the schema does not have does not leave. A value
 * that does not fit is a fault, because the serialiser alone would write null as an empty text or as nought.
 */
export function serializerFor({ schema, method, url }: { schema: unknown; method: string; url: string }): Serialize {
  const check = Compile(schema as TSchema);
  const stringify = fastJson(schema as fastJson.Schema);
  return (value) => {
    if (check.Check(value)) return stringify(value);
    const [fault] = check.Errors(value);
    throw new Error(
      `${method} ${url} returned a response that is not as described: ${fault?.instancePath} ${fault?.message}`,
    );
  };
}
