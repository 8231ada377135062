import { chooseMembership, type PrincipalDirectory, type Principal } from '@ringfence/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LateForms } from '../late/late-forms.js';
import { homeOf, navigationFor } from './navigation.js';
import { goTo } from './render.js';
import { termsOf } from './vocabulary.js';

/**
 * Says who asks, afresh for every request: a grant that ended this morning, or was given this minute, counts at once.
 * Sends everybody else to sign in, and somebody whom several authorities know to choose one.
 */
export function requireSignIn(fastify: FastifyInstance, directory: PrincipalDirectory, late: LateForms): void {
  fastify.addHook('preHandler', async (request, reply) => {
    if (isAsset(request)) return;
    const signedIn = request.session?.signedIn;
    if (signedIn) {
      const known = await directory.bySubject(signedIn.issuer, signedIn.subject);
      const principal = chooseMembership(known, signedIn.authorityId) ?? chooseMembership(known);
      if (principal) return welcome(request, reply, principal);
      if (known.length > 1 && !isOpen(request)) return reply.redirect('/choose-authority', 303);
      if (known.length === 0 && !isOpen(request)) return reply.redirect('/not-known', 303);
      return;
    }
    if (isOpen(request)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') return late.answer(request, reply);
    return goTo(reply, `/sign-in?to=${encodeURIComponent(request.url)}`);
  });
}

function welcome(request: FastifyRequest, reply: FastifyReply, principal: Principal): void {
  request.principal = principal;
  const { flash, notice } = request.session;
  Object.assign((reply.locals ??= {}), {
    authorityName: principal.authorityName,
    personName: principal.name,
    terms: termsOf(principal),
    navigation: navigationFor(principal, request.url.split('?')[0]!),
    homeAddress: homeOf(principal),
    ...(flash === undefined ? {} : { flash }),
    ...(notice === undefined ? {} : { notice }),
  });
}

function isOpen(request: FastifyRequest): boolean {
  return request.is404 || request.routeOptions.config.open === true || isAsset(request);
}

/** Styles and scripts, which look the same for everybody. */
function isAsset(request: FastifyRequest): boolean {
  return request.routeOptions.url?.startsWith('/assets/') === true;
}

/** Who asks. Every page behind the sign-in has one. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error(`${request.url} asks for a principal but is open to all.`);
  return request.principal;
}
