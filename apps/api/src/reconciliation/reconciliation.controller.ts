import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { Problem, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { AllocateLines, StatementLines } from '@ringfence/reconciliation';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsNothing } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { allocated, statementLine, statementLines, undone } from './reconciliation.responses.js';
import { AllocateDto, LinesQuery, UndoDto } from './reconciliation.dto.js';
import { asSuggested, manually, lineAllocated, madeManually } from './reconciliation.examples.js';
import { partOf, presentLine } from './reconciliation.presenter.js';

const allocateExamples = {
  manually: { summary: 'A line allocated manually', value: manually },
  asSuggested: { summary: 'Suggestions as they stand', value: asSuggested },
};

@ApiTags('reconciliation')
@ApiBearerAuth()
@Controller()
export class ReconciliationController {
  constructor(
    private readonly lines: StatementLines,
    private readonly allocations: AllocateLines,
  ) {}

  @Get('statement-lines')
  @ApiOperation({ summary: 'Statement lines, newest first, with allocations, suggestions and verdicts' })
  @Returns(200, statementLines, { example: { items: [lineAllocated], nextCursor: null } })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: LinesQuery) {
    const { cursor, ...filter } = query;
    const [lineDate, id] = decodeCursor(cursor, ['date', 'id']) ?? [];
    const rows = await this.lines.list(principal, { ...filter, after: lineDate && id ? { lineDate, id } : undefined });
    return pageOf(rows, query.limit, (row) => [row.lineDate, row.id], presentLine);
  }

  @Get('statement-lines/:id')
  @ApiOperation({ summary: 'One statement line' })
  @Returns(200, statementLine, { example: lineAllocated })
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentLine(await this.lines.view(principal, id));
  }

  @Post('allocations')
  @ApiOperation({
    summary: 'Accept suggestions, or allocate a line manually',
    description:
      'All or none. What the spending rules exclude is refused on every target (`spend-excluded`), and more than an account owes or holds in the budget and stream (`more-than-held`); of several suggestions each refused one is named under `errors`.',
  })
  @Repeatable()
  @ApiBody({ type: AllocateDto, examples: allocateExamples })
  @Returns(201, allocated, { example: madeManually })
  allocate(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AllocateDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const { suggestionIds, statementLineId, parts, reasons } = body;
    if (suggestionIds && !parts && !statementLineId) return this.allocations.accept(principal, suggestionIds, request);
    if (suggestionIds || !parts || !statementLineId || !reasons) {
      throw new Problem('invalid-request', 'Send suggestionIds alone, or statementLineId with parts and reasons.');
    }
    return this.allocations.allocate(principal, { statementLineId, parts: parts.map(partOf), reasons }, request);
  }

  @Post('allocations/:id/undo')
  @ApiOperation({
    summary: 'Undo one allocation by a reversing journal',
    description: 'Refused (`more-than-held`) where others rest on it, such as what a top-up has paid: it names them.',
  })
  @Repeatable()
  @Returns(200, undone)
  undo(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: UndoDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.allocations.undo(principal, id, body.reasons, request);
  }

  @Post('match-suggestions/:id/rejection')
  @ReturnsNothing()
  @ApiOperation({ summary: 'Set a suggestion aside: it is not made again for this line' })
  async reject(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.allocations.reject(principal, id);
  }
}
