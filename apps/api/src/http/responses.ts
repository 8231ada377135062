import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiResponse } from '@nestjs/swagger';
import { answer, id, type Shape } from './shapes.js';

/**
 * Says what an operation answers, and with which status: the description and the answer itself have both from here.
 * The compiler holds the method to it: an answer that lacks a field, has one of another type or one more is an error.
 */
export function Answers<T, U = never>(
  status: 200 | 201 | 202,
  shape: Shape<T>,
  options: AnswerOptions<NoInfer<T>, U> = {},
) {
  const { description, example, orAccepted, acceptedExample } = options;
  const documented = applyDecorators(
    HttpCode(status),
    documentedJson(status, shape, description, example),
    ...(orAccepted ? [documentedJson(202, orAccepted, undefined, acceptedExample)] : []),
  );
  return <M extends Method>(
    target: object,
    name: NameIfAsDescribed<M, T | U>,
    method: TypedPropertyDescriptor<M>,
  ): void => documented(target, name as string, method);
}

function documentedJson(status: number, shape: Shape<unknown>, words?: string, example?: unknown): MethodDecorator {
  const description = words ?? shape.schema.description ?? shape.description ?? 'Done';
  const json = { schema: shape.schema as object, ...(example === undefined ? {} : { example }) };
  return ApiResponse({ status, description, content: { 'application/json': json } });
}

/** Says that an operation that succeeds answers 204 and no body. */
export function AnswersNothing(description = 'Done') {
  const documented = applyDecorators(HttpCode(204), ApiNoContentResponse({ description }));
  return <M extends Method>(
    target: object,
    name: NameIfAsDescribed<M, void>,
    method: TypedPropertyDescriptor<M>,
  ): void => documented(target, name as string, method);
}

/** Says that an operation answers a file, of one of these content types. */
export function AnswersFile(contentTypes: readonly string[], description: string): MethodDecorator {
  const file = { schema: { type: 'string', format: 'binary' } };
  const content = Object.fromEntries(contentTypes.map((type) => [type, file]));
  return ApiResponse({ status: 200, description, content });
}

export const created = answer('Created', 'What was made', { id: id('Its id, by which other operations name it') });

interface AnswerOptions<T, U> {
  readonly description?: string;
  /** What it answers with 202 where it leaves the work to a job or to a person. The method sets that status itself. */
  readonly orAccepted?: Shape<U>;
  readonly acceptedExample?: NoInfer<U>;
  /** With invented people and numbers. */
  readonly example?: T;
}

type Method = (...inputs: never[]) => unknown;

/** The name of a method; or, to explain the error, a type that no name has where the answer is not as described. */
type NameIfAsDescribed<M extends Method, T> = [Awaited<ReturnType<M>>] extends [T]
  ? [More<Awaited<ReturnType<M>>, T>] extends [never]
    ? string
    : { readonly notDescribed: More<Awaited<ReturnType<M>>, T> }
  : { readonly answers: Awaited<ReturnType<M>>; readonly describedAs: T };

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
