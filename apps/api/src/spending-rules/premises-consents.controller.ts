import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { Clock, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { consentState, PremisesConsents, RecordConsents } from '@ringfence/spending-rules';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsNothing } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { consentAsked, premisesConsents } from './premises-consents.responses.js';
import { AskConsentDto, ConsentAnswerDto, ConsentsQuery } from './premises-consents.dto.js';

@ApiTags('spending rules')
@ApiBearerAuth()
@Controller('premises-consents')
export class PremisesConsentsController {
  constructor(
    private readonly consents: PremisesConsents,
    private readonly record: RecordConsents,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Record that a school was asked to let provision happen on its premises' })
  @Repeatable()
  @Returns(201, consentAsked)
  ask(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AskConsentDto,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string; answerBy: string }> {
    return this.record.ask(principal, body, request);
  }

  @Patch(':id')
  @ReturnsNothing()
  @ApiOperation({ summary: 'Record the school’s written answer, once' })
  answer(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ConsentAnswerDto,
  ): Promise<void> {
    return this.record.recordAnswer(principal, id, body);
  }

  @Get()
  @ApiOperation({ summary: 'Consents of schools, newest first, with how each stands today' })
  @Returns(200, premisesConsents)
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ConsentsQuery) {
    const [before] = decodeCursor(query.cursor, ['id']) ?? [];
    const rows = await this.consents.list(principal, { ...query, before });
    const today = this.clock.today();
    return pageOf(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => ({ ...row, state: consentState(row, today) }),
    );
  }
}
