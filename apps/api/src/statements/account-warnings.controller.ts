import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { AccountWarnings } from '@ringfence/statements';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { accountWarningAnswered, accountWarnings } from './account-warnings.responses.js';
import { AccountWarningsQuery, AnswerWarningDto } from './account-warnings.dto.js';
import { presentQuestion } from './account-warnings.presenter.js';

/** Questions that an account raises: whether it is kept for the direct payment only. */
@ApiTags('statements')
@ApiBearerAuth()
@Controller()
export class AccountWarningsController {
  constructor(private readonly warnings: AccountWarnings) {}

  @Get('designated-accounts/:id/warnings')
  @ApiOperation({ summary: 'What only a separate account can show, as questions with their evidence, newest first' })
  @Returns(200, accountWarnings)
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) designatedAccountId: string,
    @Query() { limit, cursor, open }: AccountWarningsQuery,
  ) {
    const [lineDate, id] = decodeCursor(cursor, ['date', 'id']) ?? [];
    const after = lineDate && id ? { lineDate, id } : undefined;
    const rows = await this.warnings.ofAccount(principal, { designatedAccountId, open, after, limit });
    return pageOf(rows, limit, (row) => [row.lineDate, row.id], presentQuestion);
  }

  @Post('account-warnings/:id/answer')
  @ApiOperation({ summary: 'Answer such a question, as an officer and with reasons' })
  @Repeatable()
  @Returns(200, accountWarningAnswered)
  answer(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AnswerWarningDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.warnings.answer(principal, id, body, request);
  }
}
