import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdentityService, type Principal } from '@ringfence/identity';
import type { IdempotentRequest } from '@ringfence/platform';
import { Answers, AnswersNothing, created } from '../http/answers.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { bearer, organisation, people } from './identity.answers.js';
import { AddOrganisationDto, AddPersonDto, EndGrantDto, GrantRoleDto } from './identity.dto.js';

const repeatable = { name: 'Idempotency-Key', required: true, description: 'The same key repeats the first answer' };

@ApiTags('identity')
@ApiBearerAuth()
@Controller()
export class IdentityController {
  constructor(private readonly identity: IdentityService) {}

  @Get('me')
  @ApiOperation({ summary: 'Who the token stands for, and the grants of today' })
  @Answers(200, bearer)
  me(@CurrentPrincipal() principal: Principal) {
    return principal;
  }

  @Get('people')
  @ApiOperation({ summary: 'The people known to the authority' })
  @Answers(200, people)
  async people(@CurrentPrincipal() principal: Principal) {
    const people = await this.identity.people(principal);
    return {
      items: people.map(({ id, name, email, dateOfBirth, organisationId }) => ({
        id,
        name,
        email,
        dateOfBirth,
        organisationId,
      })),
      nextCursor: null,
    };
  }

  @Post('people')
  @ApiOperation({ summary: 'Add a person, with their sign-in where they have one' })
  @ApiHeader(repeatable)
  @Answers(201, created)
  addPerson(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddPersonDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.identity.addPerson(principal, body, request);
  }

  @Post('organisations')
  @ApiOperation({ summary: 'Add an organisation with its API clients' })
  @ApiHeader(repeatable)
  @Answers(201, organisation)
  addOrganisation(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddOrganisationDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.identity.addOrganisation(principal, body, request);
  }

  @Post('role-grants')
  @ApiOperation({ summary: 'Give a role, from a day, to a person or an API client' })
  @ApiHeader(repeatable)
  @Answers(201, created)
  grantRole(
    @CurrentPrincipal() principal: Principal,
    @Body() body: GrantRoleDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.identity.grantRole(principal, body, request);
  }

  @Patch('role-grants/:id')
  @AnswersNothing()
  @ApiOperation({ summary: 'End a grant; it is never deleted' })
  async endGrant(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: EndGrantDto,
  ): Promise<void> {
    await this.identity.endGrant(principal, id, body.validTo);
  }
}
