import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { KeptUploads } from '@ringfence/evidence';
import { chooseMembership, Invitations, PrincipalDirectory, type Principal } from '@ringfence/identity';
import { Config } from '@ringfence/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { fieldError } from '../shell/errors.js';
import { homeOf } from '../shell/navigation.js';
import { ownPath } from '../shell/own-path.js';
import { goTo, leaveFor, render } from '../shell/render.js';
import { IdentityProvider } from './identity-provider.js';
import { chooseAuthorityPage, notKnownPage, signedOutPage, startPage } from './sign-in.pages.js';

@Controller()
export class SignInController {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly directory: PrincipalDirectory,
    private readonly invitations: Invitations,
    private readonly kept: KeptUploads,
    private readonly config: Config,
  ) {}

  @Get('/')
  @RouteConfig({ open: true })
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    if (request.principal) return goTo(reply, homeOf(request.principal));
    return render(reply, startPage, { title: 'Direct payments' });
  }

  @Get('/sign-in')
  @RouteConfig({ open: true })
  async signIn(@Query('to') to: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    const { address, signingIn } = await this.provider.start();
    request.session.signingIn = { ...signingIn, to: ownPath(to, this.config.WEB_URL) };
    return leaveFor(reply, address);
  }

  @Get('/sign-in/callback')
  @RouteConfig({ open: true })
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    const { signingIn, lapsed, notice } = request.session;
    if (!signingIn) return goTo(reply, '/');
    delete request.session.signingIn;
    const signedIn = await this.provider.finish(request.url.split('?')[1] ?? '', signingIn);
    // A new id, so that a session planted before signing in is worth nothing after it.
    await request.session.regenerate();
    const sameAgain = lapsed?.signedIn.issuer === signedIn.issuer && lapsed.signedIn.subject === signedIn.subject;
    request.session.signedIn = { ...signedIn, authorityId: sameAgain ? lapsed.signedIn.authorityId : null };
    if (notice !== undefined) request.session.notice = notice;
    const known = await this.directory.bySubject(signedIn.issuer, signedIn.subject);
    const principal = chooseMembership(known, request.session.signedIn.authorityId) ?? chooseMembership(known);
    const first = await this.firstPage(principal, signingIn.to);
    const received = await this.invitations.received({ ...signedIn, clientId: null });
    if (!received.some(({ state }) => state === 'OPEN')) return goTo(reply, first);
    request.session.afterInvitations = first;
    return goTo(reply, '/invitations');
  }

  /** For somebody whom several authorities know. */
  @Get('/choose-authority')
  @RouteConfig({ open: true })
  async choices(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    return this.choose(request, reply, undefined);
  }

  @Post('/choose-authority')
  @RouteConfig({ open: true })
  async choose(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body('authority') chosen: unknown,
  ): Promise<unknown> {
    const { signedIn } = request.session;
    if (!signedIn) return goTo(reply, '/sign-in');
    const known = await this.directory.bySubject(signedIn.issuer, signedIn.subject);
    const found = known.find(({ authorityId }) => authorityId === chosen);
    if (found) {
      request.session.signedIn = { ...signedIn, authorityId: found.authorityId };
      return goTo(reply, await this.firstPage(found, homeOf(found)));
    }
    return render(reply, chooseAuthorityPage, {
      title: 'Which authority do you want to work with?',
      errors:
        request.method === 'POST' ? fieldError('authority', 'Choose one of the authorities that know you.') : undefined,
      authorities: known.map(({ authorityId, authorityName }) => ({ value: authorityId, text: authorityName })),
    });
  }

  /** What somebody sent after they had been signed out is asked about first, and nobody has to look for it. */
  private async firstPage(principal: Principal | undefined, to: string): Promise<string> {
    return principal && (await this.kept.list(principal)).length > 0 ? '/kept-uploads' : to;
  }

  /** Signed in, but no authority knows the subject. */
  @Get('/not-known')
  @RouteConfig({ open: true })
  async notKnown(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    if (request.principal) return goTo(reply, homeOf(request.principal));
    return render(reply, notKnownPage, { title: 'We do not know you yet' }, 403);
  }

  /** Ends the session here and at the identity provider. Done twice, or after the session has ended, it does no harm. */
  @Post('/sign-out')
  @RouteConfig({ open: true, endsSession: true })
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    // After the session has ended for lack of use the provider may still know them: signing out ends that too.
    const { signedIn, lapsed } = request.session;
    const idToken = (signedIn ?? lapsed?.signedIn)?.idToken;
    await request.session.destroy();
    const address = idToken === undefined ? undefined : await this.provider.leave(idToken).catch(() => undefined);
    return address ? leaveFor(reply, address) : goTo(reply, '/signed-out');
  }

  @Get('/signed-out')
  @RouteConfig({ open: true })
  async signedOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    if (request.principal) return goTo(reply, homeOf(request.principal));
    return render(reply, signedOutPage, { title: 'You are signed out' });
  }
}
