import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import type { IdempotentRequest } from '@ringfence/platform';
import { AcceptBreak, ReverseImport } from '@ringfence/statements';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { ReasonDto } from './statement-imports.dto.js';
import { breakAccepted, statementReversed } from './statement-months.responses.js';

/** What a person decides about a statement as a whole. */
@ApiTags('statements')
@ApiBearerAuth()
@Controller('statement-imports/:id')
export class WholeStatementController {
  constructor(
    private readonly reversals: ReverseImport,
    private readonly breaks: AcceptBreak,
  ) {}

  @Post('reverse')
  @ApiOperation({ summary: 'Take a whole statement out of the books by reversal, while nothing depends on its lines' })
  @Repeatable()
  @Returns(200, statementReversed)
  reverse(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReasonDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.reversals.run(principal, id, body, request);
  }

  @Post('accept-break')
  @ApiOperation({ summary: 'Accept, as an officer and with a reason, the balance breaks of a statement' })
  @Repeatable()
  @Returns(200, breakAccepted)
  acceptBreak(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReasonDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.breaks.run(principal, id, body, request);
  }
}
