import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@ringfence/kernel';
import type { Principal, TokenBearer } from '@ringfence/identity';
import { idempotencyKeyCharactersMax, type IdempotentRequest } from '@ringfence/platform';
import type { FastifyRequest } from 'fastify';

export type ApiRequest = FastifyRequest & { bearer?: TokenBearer; principal?: Principal };

/** Marks a route that answers without a token: health, and the description of the API. */
export const Public = () => SetMetadata('public', true);

/** Marks a route that asks only whose token it is, and not whether an authority knows them: invitations. */
export const BearerAlone = () => SetMetadata('bearerAlone', true);

/** Whose token it is. */
export const CurrentBearer = createParamDecorator((_: unknown, context: ExecutionContext): TokenBearer => {
  const { bearer } = context.switchToHttp().getRequest<ApiRequest>();
  if (!bearer) throw new Problem('not-signed-in', 'Send an access token in the Authorization header: "Bearer …".');
  return bearer;
});

/** The principal of the bearer token; the guard has made sure that there is one. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<ApiRequest>();
  if (!principal) throw new Problem('not-signed-in', 'Send an access token in the Authorization header: "Bearer …".');
  return principal;
});

/** The Idempotency-Key of a POST with what it stands for; refuses a request without one. */
export const Idempotent = createParamDecorator((_: unknown, context: ExecutionContext): IdempotentRequest => {
  const request = context.switchToHttp().getRequest<ApiRequest>();
  return idempotentRequest(request, request.body ?? null);
});

/** The same for a request whose payload is not its parsed body, such as an upload. */
export function idempotentRequest(request: FastifyRequest, payload: unknown): IdempotentRequest {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length === 0) {
    throw new Problem(
      'idempotency-key-missing',
      'Send an Idempotency-Key header, the same one when you repeat this request.',
    );
  }
  if (key.length > idempotencyKeyCharactersMax) {
    throw new Problem(
      'malformed-request',
      `The Idempotency-Key has ${key.length} characters: use ${idempotencyKeyCharactersMax} at most.`,
    );
  }
  return { key, operation: `${request.method} ${request.url.split('?')[0]}`, payload };
}
