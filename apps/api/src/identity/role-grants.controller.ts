import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RoleGrants, type GivenGrant, type GrantProposal, type Principal } from '@ringfence/identity';
import { decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsNothing, created } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { proposals, roleGrants, roleGrantWithHistory } from './role-grants.responses.js';
import { EndGrantDto, GrantRoleDto, ProposalsQuery, ProposeGrantDto, RoleGrantsQuery } from './role-grants.dto.js';

@ApiTags('identity')
@ApiBearerAuth()
@Controller()
export class RoleGrantsController {
  constructor(private readonly grants: RoleGrants) {}

  @Get('role-grants')
  @ApiOperation({ summary: 'Who has been given which role, newest first' })
  @Returns(200, roleGrants)
  async list(@CurrentPrincipal() principal: Principal, @Query() query: RoleGrantsQuery) {
    const { limit, cursor, personId, apiClientId, ...rest } = query;
    const [after] = decodeCursor(cursor, ['id']) ?? [];
    const rows = await this.grants.list(principal, { ...rest, grantee: personId ?? apiClientId }, limit, after);
    return pageOf(rows, limit, (row) => [row.id], presentGrant);
  }

  @Get('role-grants/:id')
  @ApiOperation({ summary: 'One grant with what has happened to it' })
  @Returns(200, roleGrantWithHistory)
  async one(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    const grant = await this.grants.one(principal, id);
    const events = grant.events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() }));
    return { ...presentGrant(grant), events };
  }

  @Post('role-grants')
  @ApiOperation({ summary: 'Give somebody else a role, from today or a later day' })
  @Repeatable()
  @Returns(201, created)
  give(@CurrentPrincipal() principal: Principal, @Body() body: GrantRoleDto, @Idempotent() request: IdempotentRequest) {
    return this.grants.give(principal, body, request);
  }

  @Patch('role-grants/:id')
  @ReturnsNothing()
  @ApiOperation({ summary: 'Bring the end of a grant forward; it is never prolonged or deleted' })
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: EndGrantDto,
  ): Promise<void> {
    await this.grants.end(principal, id, body.validTo);
  }

  @Get('role-grant-proposals')
  @ApiOperation({ summary: 'Grants for days that have passed, which wait for a second person or were decided' })
  @Returns(200, proposals)
  async proposals(@CurrentPrincipal() principal: Principal, @Query() { limit, cursor, state }: ProposalsQuery) {
    const [proposedAt, id] = decodeCursor(cursor, ['instant', 'id']) ?? [];
    const after = proposedAt && id ? ([proposedAt, id] as const) : undefined;
    const rows = await this.grants.proposals(principal, state, limit, after);
    return pageOf(rows, limit, (row) => [row.proposedAt.toISOString(), row.id], presentProposal);
  }

  @Post('role-grant-proposals')
  @ApiOperation({ summary: 'Propose a grant that begins on a day before today' })
  @Repeatable()
  @Returns(201, created)
  propose(
    @CurrentPrincipal() principal: Principal,
    @Body() body: ProposeGrantDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.grants.propose(principal, body, request);
  }

  @Post('role-grant-proposals/:id/approval')
  @ApiOperation({ summary: 'Approve what somebody else has proposed; answers the grant' })
  @Repeatable()
  @Returns(201, created)
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.grants.approve(principal, id, request);
  }

  @Post('role-grant-proposals/:id/refusal')
  @ReturnsNothing()
  @ApiOperation({ summary: 'Refuse what somebody else has proposed' })
  @Repeatable()
  async refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Idempotent() request: IdempotentRequest,
  ): Promise<void> {
    await this.grants.refuse(principal, id, request);
  }

  @Post('role-grant-proposals/:id/withdrawal')
  @ReturnsNothing()
  @ApiOperation({ summary: 'Withdraw one’s own proposal' })
  @Repeatable()
  async withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Idempotent() request: IdempotentRequest,
  ): Promise<void> {
    await this.grants.withdraw(principal, id, request);
  }
}

function presentGrant(grant: GivenGrant) {
  const { id, personId, apiClientId, role, budgetId, validFrom, validTo, grantedBy, grantedOn, approvedBy } = grant;
  return { id, personId, apiClientId, role, budgetId, validFrom, validTo, grantedBy, grantedOn, approvedBy };
}

function presentProposal({ proposedAt, decidedAt, ...proposal }: GrantProposal) {
  return { ...proposal, proposedAt: proposedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}
