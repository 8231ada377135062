import { ApiHeader } from '@nestjs/swagger';

/** Describes an operation that asks for an Idempotency-Key; `Idempotent` in request-context.ts reads it. */
export function Repeatable(): MethodDecorator & ClassDecorator {
  return ApiHeader({ name: 'Idempotency-Key', required: true, description: 'The same key repeats the first answer' });
}
