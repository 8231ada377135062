import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PeopleRegister, type Principal } from '@ringfence/identity';
import type { IdempotentRequest } from '@ringfence/platform';
import { Repeatable } from '../http/repeatable.js';
import { Returns, created } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { bearer, organisation, people } from './identity.responses.js';
import { AddOrganisationDto, AddPersonDto } from './identity.dto.js';

@ApiTags('identity')
@ApiBearerAuth()
@Controller()
export class IdentityController {
  constructor(private readonly identity: PeopleRegister) {}

  @Get('me')
  @ApiOperation({ summary: 'Who the token stands for, and the grants of today' })
  @Returns(200, bearer)
  me(@CurrentPrincipal() principal: Principal) {
    return principal;
  }

  @Get('people')
  @ApiOperation({ summary: 'The people known to the authority' })
  @Returns(200, people)
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
  @ApiOperation({
    summary: 'Add a person; a sign-in that is named is invited, and signs them in once its owner has accepted',
  })
  @Repeatable()
  @Returns(201, created)
  addPerson(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddPersonDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.identity.addPerson(principal, body, request);
  }

  @Post('organisations')
  @ApiOperation({ summary: 'Add an organisation with its API clients; each is invited, and acts once it has accepted' })
  @Repeatable()
  @Returns(201, organisation)
  addOrganisation(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddOrganisationDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.identity.addOrganisation(principal, body, request);
  }
}
