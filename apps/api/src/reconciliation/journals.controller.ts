import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { decimalText, requirePence } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { HandJournals, type JudgedHandJournal } from '@ringfence/reconciliation';
import { Answers } from '../http/responses.js';
import { decodeCursor, PageQuery, pageOf } from '../http/pages.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import type { AnswerOf } from '../http/shapes.js';
import { handJournals, journalPosted, journalReversed } from './journals.responses.js';
import { PostJournalDto, ReverseJournalDto } from './journals.dto.js';

const repeatable = { name: 'Idempotency-Key', required: true, description: 'The same key repeats the first answer' };

@ApiTags('ledger')
@ApiBearerAuth()
@Controller()
export class JournalsController {
  constructor(private readonly journals: HandJournals) {}

  @Post('budgets/:id/journals')
  @ApiOperation({
    summary: 'Post a journal by hand: a correction or a re-coding, with its reason; its spends are judged first',
  })
  @ApiHeader(repeatable)
  @Answers(201, journalPosted)
  post(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) budgetId: string,
    @Body() body: PostJournalDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const entries = body.entries.map(({ amount, ...entry }, place) => {
      return { ...entry, amountPence: requirePence(amount, `/entries/${place}/amount`) };
    });
    return this.journals.post(principal, { ...body, budgetId, entries }, request);
  }

  @Get('budgets/:id/journals')
  @ApiOperation({ summary: 'Journals that were posted by hand, newest first' })
  @Answers(200, handJournals)
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) budgetId: string,
    @Query() query: PageQuery,
  ) {
    const [before] = decodeCursor(query.cursor, ['id']) ?? [];
    const rows = await this.journals.list(principal, { budgetId, before, limit: query.limit });
    return pageOf(rows, query.limit, (row) => [row.id], presentJournal);
  }

  @Post('journals/:id/reverse')
  @ApiOperation({ summary: 'Take back a journal that was posted by hand, by its mirror' })
  @ApiHeader(repeatable)
  @Answers(201, journalReversed)
  reverse(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReverseJournalDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.journals.reverse(principal, id, body.reason, request);
  }
}

type JournalView = AnswerOf<typeof handJournals>['items'][number];

function presentJournal({ entries, sequence, postedAt, ...journal }: JudgedHandJournal): JournalView {
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
