import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { Problem, requireId, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { ApproveExceptions, CheckSpends, ExceptionApprovals } from '@ringfence/spending-rules';
import type { FastifyRequest } from 'fastify';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsNothing } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { exceptionApproval, exceptionApprovals, exceptionApproved } from './exceptions.responses.js';
import { spendChecked } from './spend-checks.responses.js';
import { ApproveExceptionDto, EndExceptionDto, ExceptionsQuery } from './spending-rules.dto.js';
import { presentAnswer, presentApproval } from './spending-rules.presenter.js';

/** One candidate as the body itself, or several under `candidates`; both with an optional `budgetId`. */
const spendCheck = {
  type: 'object',
  properties: {
    budgetId: { type: 'string', format: 'uuid', description: 'Uses this budget’s payees, household and exceptions' },
    candidates: {
      type: 'array',
      items: { type: 'object' },
      description: 'Several; or put one candidate’s fields here',
    },
    id: { type: 'string' },
    date: { type: 'string', format: 'date', description: 'The day of the service' },
    amount: { type: 'string', example: '-23.40' },
    stream: { type: 'string' },
    description: { type: 'string' },
    mcc: { type: 'string', example: '5912' },
    planned: { type: 'boolean', description: 'It has met an agreed budget line' },
    receipt: { type: 'array', items: { type: 'object' } },
    payee: { type: 'object' },
    approvals: { type: 'array', items: { type: 'object' } },
  },
};

@ApiTags('spending rules')
@ApiBearerAuth()
@Controller()
export class SpendingRulesController {
  constructor(
    private readonly exceptions: ExceptionApprovals,
    private readonly approvals: ApproveExceptions,
    private readonly checks: CheckSpends,
  ) {}

  @Post('spend-checks')
  @ApiOperation({ summary: 'Ask whether spends are allowed; nothing is recorded' })
  @ApiBody({ schema: spendCheck as object })
  @Returns(200, spendChecked)
  async check(@CurrentPrincipal() principal: Principal, @Req() http: FastifyRequest) {
    const { budgetId, candidates, ...candidate } = bodyOf(http.body);
    const budget = budgetId === undefined || budgetId === null ? undefined : requireId(budgetId, '/budgetId');
    if (candidates === undefined) {
      const [assessment] = await this.checks.check(principal, [candidate], budget, () => '');
      return presentAnswer(assessment!);
    }
    if (!Array.isArray(candidates)) throw Problem.field('/candidates', '/candidates must be a list of candidates.');
    const [unknown] = Object.keys(candidate);
    if (unknown !== undefined) {
      throw Problem.field(
        `/${unknown}`,
        `/${unknown} belongs inside a candidate: beside "candidates" only budgetId is read.`,
      );
    }
    return { items: (await this.checks.check(principal, candidates, budget)).map(presentAnswer) };
  }

  @Post('exception-approvals')
  @ApiOperation({ summary: 'Approve an exception to a rule, for one payee and dated days' })
  @Repeatable()
  @Returns(201, exceptionApproved)
  approve(
    @CurrentPrincipal() principal: Principal,
    @Body() body: ApproveExceptionDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.approvals.approve(principal, body, request);
  }

  @Get('exception-approvals')
  @ApiOperation({ summary: 'Written exceptions, newest first' })
  @Returns(200, exceptionApprovals)
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ExceptionsQuery) {
    const [before] = decodeCursor(query.cursor, ['id']) ?? [];
    const rows = await this.exceptions.list(principal, { ...query, before });
    return pageOf(rows, query.limit, (row) => [row.id], presentApproval);
  }

  @Get('exception-approvals/:id')
  @ApiOperation({ summary: 'One exception with its reasons and evidence' })
  @Returns(200, exceptionApproval)
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentApproval(await this.exceptions.view(principal, id));
  }

  @Patch('exception-approvals/:id')
  @ReturnsNothing()
  @ApiOperation({ summary: 'End an exception early; it is never deleted' })
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: EndExceptionDto,
  ): Promise<void> {
    await this.approvals.end(principal, id, body.validTo, body.reasons);
  }
}

function bodyOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Problem('malformed-request', 'Send a JSON object: one candidate, or several under "candidates".');
}
