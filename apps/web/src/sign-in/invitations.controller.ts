import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Invitations, type TokenBearer } from '@ringfence/identity';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { goTo, render } from '../shell/render.js';
import { invitationsPage, presentInvitations } from './invitations.presenter.js';

/** For somebody who has signed in and whom an authority has invited: nobody acts for one without having said yes. */
@Controller('invitations')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Get()
  @RouteConfig({ open: true })
  async waiting(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<unknown> {
    const bearer = bearerOf(request);
    if (!bearer) return goTo(reply, '/sign-in?to=/invitations');
    const received = await this.invitations.received(bearer);
    return render(reply, invitationsPage, presentInvitations(received));
  }

  @Post(':invitationId/acceptance')
  @RouteConfig({ open: true })
  async accept(
    @Param('invitationId', ParseUUIDPipe) invitationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.answered(request, reply, (bearer) => this.invitations.accept(bearer, invitationId));
  }

  @Post(':invitationId/refusal')
  @RouteConfig({ open: true })
  async refuse(
    @Param('invitationId', ParseUUIDPipe) invitationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    return this.answered(request, reply, (bearer) => this.invitations.refuse(bearer, invitationId));
  }

  /** To the next open invitation, or to where they were going when they signed in. */
  private async answered(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (bearer: TokenBearer) => Promise<void>,
  ): Promise<unknown> {
    const bearer = bearerOf(request);
    if (!bearer) return goTo(reply, '/sign-in?to=/invitations');
    await answer(bearer);
    const received = await this.invitations.received(bearer);
    if (received.some(({ state }) => state === 'OPEN')) return goTo(reply, '/invitations');
    const to = request.session.afterInvitations ?? '/';
    delete request.session.afterInvitations;
    return goTo(reply, to);
  }
}

function bearerOf({ session }: FastifyRequest): TokenBearer | undefined {
  return session.signedIn && { issuer: session.signedIn.issuer, subject: session.signedIn.subject, clientId: null };
}
