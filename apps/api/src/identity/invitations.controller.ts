import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Invitations, type Principal, type SentInvitation, type TokenBearer } from '@ringfence/identity';
import type { IdempotentRequest } from '@ringfence/platform';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsNothing, created } from '../http/responses.js';
import { BearerAlone, CurrentBearer, CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { receivedInvitations, sentInvitations } from './invitations.responses.js';
import { InviteDto } from './invitations.dto.js';

/** Those who are invited answer here with their own token, whether or not an authority knows them yet. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('invitations')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Get()
  @BearerAlone()
  @ApiOperation({
    summary: 'The authorities that have invited the bearer of the token, and those that it has accepted',
  })
  @Returns(200, receivedInvitations)
  async received(@CurrentBearer() bearer: TokenBearer) {
    const received = await this.invitations.received(bearer);
    return {
      items: received.map(({ invitedAt, ...one }) => ({ ...one, invitedAt: invitedAt.toISOString() })),
      nextCursor: null,
    };
  }

  @Post(':id/acceptance')
  @BearerAlone()
  @ReturnsNothing('The bearer acts for the authority from now on, with the roles that it has given or will give')
  @ApiOperation({ summary: 'Accept an invitation; again changes nothing' })
  accept(@CurrentBearer() bearer: TokenBearer, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.invitations.accept(bearer, id);
  }

  @Post(':id/refusal')
  @BearerAlone()
  @ReturnsNothing('The bearer does not act for the authority, or no longer does')
  @ApiOperation({ summary: 'Refuse an invitation, or leave the authority whose invitation was accepted' })
  refuse(@CurrentBearer() bearer: TokenBearer, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.invitations.refuse(bearer, id);
  }

  @Post(':id/withdrawal')
  @ReturnsNothing()
  @ApiOperation({ summary: 'As the authority: withdraw an invitation that nobody has answered' })
  withdraw(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.invitations.withdraw(principal, id);
  }
}

/** The same from the authority's side. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller()
export class SentInvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Get('people/:id/invitations')
  @ApiOperation({ summary: 'The invitations sent to a person, newest first' })
  @Returns(200, sentInvitations)
  async ofPerson(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) personId: string) {
    return present(await this.invitations.sentTo(principal, { personId }));
  }

  @Post('people/:id/invitations')
  @ApiOperation({ summary: 'Invite a sign-in of a person whose last invitation was refused, withdrawn or left' })
  @Repeatable()
  @Returns(201, created)
  invitePerson(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) personId: string,
    @Body() body: InviteDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.invitations.inviteAgain(principal, { personId }, body, request);
  }

  @Get('api-clients/:id/invitations')
  @ApiOperation({ summary: 'The invitations sent to an API client, newest first' })
  @Returns(200, sentInvitations)
  async ofClient(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) apiClientId: string) {
    return present(await this.invitations.sentTo(principal, { apiClientId }));
  }

  @Post('api-clients/:id/invitations')
  @ApiOperation({ summary: 'Invite an API client whose last invitation was refused, withdrawn or left' })
  @Repeatable()
  @Returns(201, created)
  inviteClient(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) apiClientId: string,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.invitations.inviteAgain(principal, { apiClientId }, undefined, request);
  }
}

function present(sent: readonly SentInvitation[]) {
  return {
    items: sent.map(({ id, issuer, identity, state, invitedBy, invitedAt, acceptedAt, endedAt }) => ({
      ...{ id, issuer, identity, state, invitedBy },
      invitedAt: invitedAt.toISOString(),
      acceptedAt: acceptedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    })),
    nextCursor: null,
  };
}
