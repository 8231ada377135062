import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '@ringfence/kernel';
import {
  chooseMembership,
  Invitations,
  PrincipalDirectory,
  TokenVerifier,
  type Principal,
  type TokenBearer,
} from '@ringfence/identity';
import type { ApiRequest } from './request-context.js';

/** Lets a request in by its access token. A token that acts for several authorities names one in `Ringfence-Authority`. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    private readonly directory: PrincipalDirectory,
    private readonly invitations: Invitations,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const marked = (name: string) =>
      this.reflector.getAllAndOverride<boolean>(name, [context.getHandler(), context.getClass()]);
    if (marked('public')) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) throw new Problem('not-signed-in', 'Send an access token in the Authorization header: "Bearer …".');
    request.bearer = await this.verifier.verify(token);
    if (!marked('bearerAlone')) {
      request.principal = await this.principal(request.bearer, request.headers['ringfence-authority']);
    }
    return true;
  }

  private async principal(bearer: TokenBearer, named: string | string[] | undefined): Promise<Principal> {
    const known = bearer.clientId
      ? await this.directory.byClientId(bearer.issuer, bearer.clientId)
      : await this.directory.bySubject(bearer.issuer, bearer.subject ?? '');
    const chosen = chooseMembership(known, Array.isArray(named) ? named[0] : named);
    if (chosen) return chosen;
    if (known.length > 0) throw mustName(known);
    const open = await this.invitations.received(bearer);
    throw new Problem('not-permitted', open.length > 0 ? invited : unknown);
  }
}

const unknown = 'The token is good, but no authority here knows its bearer: ask the authority to invite you.';
const invited =
  'The token is good, and an authority has invited its bearer: read GET /v1/invitations, and accept with POST /v1/invitations/{id}/acceptance.';

function mustName(principals: readonly Principal[]): Problem {
  const known = principals.map(({ authorityId, authorityName }) => `${authorityId} (${authorityName})`).join(', ');
  return new Problem('not-permitted', `Say for which authority you act in the Ringfence-Authority header: ${known}.`);
}
