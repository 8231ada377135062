import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BudgetImport, BudgetReader, BudgetRegister, PlanRegister } from '@ringfence/budgets';
import type { Principal } from '@ringfence/identity';
import { Problem, requirePence, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { Repeatable } from '../http/repeatable.js';
import { Returns, created } from '../http/responses.js';
import { CurrentPrincipal, Idempotent, idempotentRequest, type ApiRequest } from '../http/request-context.js';
import {
  agreementMade,
  agreementVersionMade,
  budget,
  budgets,
  budgetsImported,
  linesMade,
  payers,
  planMade,
} from './budgets.responses.js';
import {
  AddAgreementDto,
  AddAgreementVersionDto,
  AddBudgetLinesDto,
  AddPayerDto,
  AddPlanDocumentDto,
  BudgetsQuery,
  CreateBudgetDto,
} from './budgets.dto.js';
import { presentBudget, presentSummary } from './presenters.js';

@ApiTags('budgets')
@ApiBearerAuth()
@Controller()
export class BudgetsController {
  constructor(
    private readonly plans: PlanRegister,
    private readonly register: BudgetRegister,
    private readonly reader: BudgetReader,
    private readonly imports: BudgetImport,
  ) {}

  @Get('payers')
  @ApiOperation({ summary: 'The bodies whose money it is' })
  @Returns(200, payers)
  async payers(@CurrentPrincipal() principal: Principal) {
    return { items: await this.reader.payers(principal), nextCursor: null };
  }

  @Post('payers')
  @ApiOperation({ summary: 'Add a payer' })
  @Repeatable()
  @Returns(201, created)
  addPayer(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddPayerDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.plans.addPayer(principal, body, request);
  }

  @Post('plan-documents')
  @ApiOperation({ summary: "Add a child's plan with its outcomes" })
  @Repeatable()
  @Returns(201, planMade)
  addPlanDocument(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddPlanDocumentDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.plans.addPlanDocument(principal, body, request);
  }

  @Get('budgets')
  @ApiOperation({ summary: 'Budgets by reference' })
  @Returns(200, budgets)
  async budgets(@CurrentPrincipal() principal: Principal, @Query() query: BudgetsQuery) {
    const { limit, cursor, ...filter } = query;
    const after = decodeCursor(cursor, 1)?.[0];
    const rows = await this.reader.listBudgets(principal, filter, { limit: limit + 1, after });
    return pageOf(rows, limit, ({ reference }) => [reference], presentSummary);
  }

  @Post('budgets')
  @ApiOperation({ summary: 'Create a budget for a child, a recipient and a plan' })
  @Repeatable()
  @Returns(201, created)
  createBudget(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateBudgetDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.register.createBudget(principal, body, request);
  }

  @Get('budgets/:id')
  @ApiOperation({ summary: 'Everything agreed about a budget' })
  @Returns(200, budget)
  async budget(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentBudget(await this.reader.budget(principal, id));
  }

  @Post('budgets/:id/lines')
  @ApiOperation({ summary: 'Add lines to a budget, all or none' })
  @Repeatable()
  @Returns(201, linesMade)
  addLines(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AddBudgetLinesDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const lines = body.lines.map(({ amount, rate, ...line }, order) => ({
      ...line,
      amountPence: requirePence(amount, `/lines/${order}/amount`),
      ratePence: rate === undefined ? null : requirePence(rate, `/lines/${order}/rate`),
    }));
    return this.register.addBudgetLines(principal, id, lines, request);
  }

  @Post('agreements')
  @ApiOperation({ summary: 'Add the agreement between a payer and the recipient, as version 1' })
  @Repeatable()
  @Returns(201, agreementMade)
  addAgreement(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddAgreementDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const { budgetId, ...agreement } = body;
    return this.register.addAgreement(principal, budgetId, agreement, request);
  }

  @Post('agreements/:id/versions')
  @ApiOperation({ summary: 'New terms from a day on; a change of services calls for a review' })
  @Repeatable()
  @Returns(201, agreementVersionMade)
  addVersion(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AddAgreementVersionDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.register.newAgreementVersion(principal, id, body, request);
  }

  @Post('budget-imports')
  @ApiOperation({ summary: 'Import budgets from one CSV file, all or nothing; a refusal reports every fault' })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' }, description: 'One row for each budget line: docs/reference/budget-import.md' })
  @Repeatable()
  @Returns(201, budgetsImported)
  importBudgets(@CurrentPrincipal() principal: Principal, @Req() request: ApiRequest) {
    const { body } = request;
    if (!Buffer.isBuffer(body)) {
      throw new Problem('unsupported-file', 'Send the file itself as the body, with "Content-Type: text/csv".');
    }
    return this.imports.importBudgets(principal, body, idempotentRequest(request, null));
  }
}
