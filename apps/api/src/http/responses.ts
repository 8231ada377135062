import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiResponse } from '@nestjs/swagger';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { TSchema } from 'typebox';
import { component, id, openApiSchema, type ResponseOf } from './schemas.js';

/**
 * Says what an operation sends back, and with which status. The description has it from here, Fastify serialises by it,
 * and the compiler holds the method to it: a result that lacks a field, has one of another type or one more is an error.
 */
export function Returns<S extends TSchema, Accepted extends TSchema = never>(
  status: 200 | 201 | 202,
  schema: S,
  options: ReturnsOptions<S, Accepted> = {},
) {
  const { description, example, orAccepted, acceptedExample } = options;
  const documented = applyDecorators(
    HttpCode(status),
    RouteSchema({ response: { [status]: schema, ...(orAccepted ? { 202: orAccepted } : {}) } }),
    documentedJson(status, schema, description, example),
    ...(orAccepted ? [documentedJson(202, orAccepted, undefined, acceptedExample)] : []),
  );
  return <M extends Method>(
    target: object,
    name: NameIfAsDescribed<M, ResponseOf<S> | (Accepted extends never ? never : ResponseOf<Accepted>)>,
    method: TypedPropertyDescriptor<M>,
  ): void => documented(target, name as string, method);
}

function documentedJson(status: number, schema: TSchema, words?: string, example?: unknown): MethodDecorator {
  const description = words ?? (schema as { description?: string }).description ?? 'Done';
  const json = { schema: openApiSchema(schema), ...(example === undefined ? {} : { example }) };
  return ApiResponse({ status, description, content: { 'application/json': json } });
}

/** Says that an operation that succeeds sends 204 and no body. */
export function ReturnsNothing(description = 'Done') {
  const documented = applyDecorators(HttpCode(204), ApiNoContentResponse({ description }));
  return <M extends Method>(
    target: object,
    name: NameIfAsDescribed<M, void>,
    method: TypedPropertyDescriptor<M>,
  ): void => documented(target, name as string, method);
}

/** Says that an operation sends a file, of one of these content types. */
export function ReturnsFile(contentTypes: readonly string[], description: string): MethodDecorator {
  const file = { schema: { type: 'string', format: 'binary' } };
  const content = Object.fromEntries(contentTypes.map((type) => [type, file]));
  return ApiResponse({ status: 200, description, content });
}

export const created = component('Created', 'What was made', { id: id('Its id, by which other operations name it') });

interface ReturnsOptions<S extends TSchema, Accepted extends TSchema> {
  readonly description?: string;
  /** What it sends with 202 where it leaves the work to a job or to a person. The method sets that status itself. */
  readonly orAccepted?: Accepted;
  readonly acceptedExample?: ResponseOf<NoInfer<Accepted>>;
  /** With invented people and numbers. */
  readonly example?: ResponseOf<NoInfer<S>>;
}

type Method = (...inputs: never[]) => unknown;

/** The name of a method; or, to explain the error, a type that no name has where the result is not as described. */
type NameIfAsDescribed<M extends Method, T> = [Awaited<ReturnType<M>>] extends [T]
  ? [More<Awaited<ReturnType<M>>, T>] extends [never]
    ? string
    : { readonly notDescribed: More<Awaited<ReturnType<M>>, T> }
  : { readonly returns: Awaited<ReturnType<M>>; readonly describedAs: T };

/** The names of the fields, at any depth, that `Given` has and `Described` does not. */
type More<Given, Described> = Given extends readonly (infer GivenItem)[]
  ? Described extends readonly (infer DescribedItem)[]
    ? More<GivenItem, DescribedItem>
    : never
  : Given extends object
    ? {
        [Name in keyof Given]-?: Name extends NamesOf<Described> ? More<Given[Name], At<Described, Name>> : Name;
      }[keyof Given]
    : never;
type NamesOf<T> = T extends object ? keyof T : never;
type At<T, Name> = T extends object ? (Name extends keyof T ? T[Name] : never) : never;
