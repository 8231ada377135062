import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '@ringfence/kernel';
import { PrincipalDirectory, TokenVerifier, type Principal } from '@ringfence/identity';
import type { ApiRequest } from './request-context.js';

/** Lets a request in by its access token. A token known to several authorities names one in `Ringfence-Authority`. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    private readonly directory: PrincipalDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>('public', [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) throw new Problem('not-signed-in', 'Send an access token in the Authorization header: "Bearer …".');
    const bearer = await this.verifier.verify(token);
    const principals = bearer.clientId
      ? await this.directory.byClientId(bearer.issuer, bearer.clientId)
      : await this.directory.bySubject(bearer.issuer, bearer.subject ?? '');
    request.principal = choose(principals, request.headers['ringfence-authority']);
    return true;
  }
}

function choose(principals: readonly Principal[], wanted: string | string[] | undefined): Principal {
  const [first] = principals;
  if (!first)
    throw new Problem(
      'not-permitted',
      'The token is good, but no authority here knows its bearer: ask the authority to add you.',
    );
  if (principals.length === 1 && wanted === undefined) return first;
  const chosen = principals.find((principal) => principal.authorityId === wanted);
  if (chosen) return chosen;
  const known = principals.map((principal) => `${principal.authorityId} (${principal.authorityName})`).join(', ');
  throw new Problem('not-permitted', `Say for which authority you act in the Ringfence-Authority header: ${known}.`);
}
