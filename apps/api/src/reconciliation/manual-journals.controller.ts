import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { decimalText, requirePence, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { ManualJournals, type AssessedManualJournal } from '@ringfence/reconciliation';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { PageQuery } from '../http/pages.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { type ResponseOf } from '../http/schemas.js';
import { manualJournals, journalPosted, journalReversed } from './manual-journals.responses.js';
import { PostManualJournalDto, ReverseManualJournalDto } from './manual-journals.dto.js';

@ApiTags('ledger')
@ApiBearerAuth()
@Controller()
export class ManualJournalsController {
  constructor(private readonly journals: ManualJournals) {}

  @Post('budgets/:id/manual-journals')
  @ApiOperation({
    summary: 'Post a manual journal: a correction or a re-coding, with its reason; its spends are assessed first',
  })
  @Repeatable()
  @Returns(201, journalPosted)
  post(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) budgetId: string,
    @Body() body: PostManualJournalDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const entries = body.entries.map(({ amount, ...entry }, place) => {
      return { ...entry, amountPence: requirePence(amount, `/entries/${place}/amount`) };
    });
    return this.journals.post(principal, { ...body, budgetId, entries }, request);
  }

  @Get('budgets/:id/manual-journals')
  @ApiOperation({ summary: 'Manual journals, newest first' })
  @Returns(200, manualJournals)
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) budgetId: string,
    @Query() query: PageQuery,
  ) {
    const [before] = decodeCursor(query.cursor, ['id']) ?? [];
    const rows = await this.journals.list(principal, { budgetId, before, limit: query.limit });
    return pageOf(rows, query.limit, (row) => [row.id], presentJournal);
  }

  @Post('manual-journals/:id/reverse')
  @ApiOperation({ summary: 'Reverse a manual journal by its mirror' })
  @Repeatable()
  @Returns(201, journalReversed)
  reverse(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReverseManualJournalDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.journals.reverse(principal, id, body.reason, request);
  }
}

type JournalView = ResponseOf<typeof manualJournals>['items'][number];

function presentJournal({ entries, sequence, postedAt, ...journal }: AssessedManualJournal): JournalView {
  return {
    ...journal,
    sequence: Number(sequence),
    postedAt: postedAt.toISOString(),
    findings: journal.findings,
    entries: entries.map(({ amountPence, ...entry }) => ({
      ...entry,
      amount: decimalText(amountPence),
    })) as JournalView['entries'],
  };
}
