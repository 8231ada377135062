import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountRegister, BudgetReader, InstalmentRegister, PayeeRegister } from '@ringfence/budgets';
import type { Principal } from '@ringfence/identity';
import { requireDate, requireId, requirePence, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsNothing, created } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import {
  accountOpened,
  budgetPutIn,
  designatedAccount,
  designatedAccounts,
  instalments,
  namesConfirmed,
  payees,
  scheduleEnded,
  scheduleMade,
} from './accounts.responses.js';
import {
  AddBudgetToAccountDto,
  AddInstalmentScheduleDto,
  AddPayeeDto,
  CloseDesignatedAccountDto,
  ConfirmNameDto,
  DesignatedAccountsQuery,
  EndHouseholdMembershipDto,
  EndInstalmentScheduleDto,
  InstalmentsQuery,
  OpenDesignatedAccountDto,
  PayeesQuery,
  RecordHouseholdMembershipDto,
} from './accounts.dto.js';
import { presentInstalment, presentPayee } from './presenters.js';

@ApiTags('accounts')
@ApiBearerAuth()
@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: AccountRegister,
    private readonly instalments: InstalmentRegister,
    private readonly payees: PayeeRegister,
    private readonly reader: BudgetReader,
  ) {}

  @Get('designated-accounts')
  @ApiOperation({ summary: 'Designated accounts by name' })
  @Returns(200, designatedAccounts)
  async listAccounts(@CurrentPrincipal() principal: Principal, @Query() query: DesignatedAccountsQuery) {
    const { limit, cursor, budgetId } = query;
    const key = decodeCursor(cursor, 2);
    const after = key && ([key[0]!, requireId(key[1], '/cursor')] as const);
    const rows = await this.reader.listDesignatedAccounts(principal, { budgetId }, { limit: limit + 1, after });
    return pageOf(
      rows,
      limit,
      ({ name, id }) => [name, id],
      (account) => account,
    );
  }

  @Post('designated-accounts')
  @ApiOperation({ summary: 'Open a designated account for one budget or several; its book opens with it' })
  @Repeatable()
  @Returns(201, accountOpened)
  openAccount(
    @CurrentPrincipal() principal: Principal,
    @Body() body: OpenDesignatedAccountDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.accounts.openDesignatedAccount(principal, body, request);
  }

  @Get('designated-accounts/:id')
  @ApiOperation({ summary: 'A designated account with its book and budgets' })
  @Returns(200, designatedAccount)
  account(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return this.reader.designatedAccount(principal, id);
  }

  @Patch('designated-accounts/:id')
  @ReturnsNothing()
  @ApiOperation({ summary: 'Close a designated account' })
  closeAccount(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CloseDesignatedAccountDto,
  ): Promise<void> {
    return this.accounts.closeDesignatedAccount(principal, id, body.closedOn);
  }

  @Post('designated-accounts/:id/budgets')
  @ApiOperation({ summary: 'Put a further budget into an account' })
  @Repeatable()
  @Returns(201, budgetPutIn)
  addBudget(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AddBudgetToAccountDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.accounts.addBudgetToAccount(principal, id, body, request);
  }

  @Get('instalments')
  @ApiOperation({ summary: 'Instalments by due day: expected, due, late, received, withdrawn' })
  @Returns(200, instalments)
  async listInstalments(@CurrentPrincipal() principal: Principal, @Query() query: InstalmentsQuery) {
    const { limit, cursor, state, ...filter } = query;
    const key = decodeCursor(cursor, 2);
    const after = key && ([requireDate(key[0], '/cursor'), requireId(key[1], '/cursor')] as const);
    const states = state && [state];
    const rows = await this.reader.listInstalments(principal, { ...filter, states }, { limit: limit + 1, after });
    return pageOf(rows, limit, ({ dueOn, id }) => [dueOn, id], presentInstalment);
  }

  @Post('instalment-schedules')
  @ApiOperation({ summary: 'Add a schedule, which makes dated instalments' })
  @Repeatable()
  @Returns(201, scheduleMade)
  addSchedule(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddInstalmentScheduleDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const { amount, ...schedule } = body;
    const amountPence = requirePence(amount, '/amount');
    return this.instalments.addInstalmentSchedule(principal, { ...schedule, amountPence }, request);
  }

  @Patch('instalment-schedules/:id')
  @ApiOperation({ summary: 'End a schedule: instalments after the day that are not yet due are withdrawn' })
  @Returns(200, scheduleEnded)
  endSchedule(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: EndInstalmentScheduleDto,
  ) {
    return this.instalments.endInstalmentSchedule(principal, id, body.lastDueOn);
  }

  @Get('payees')
  @ApiOperation({ summary: 'Whom a budget pays, with who lives with whom' })
  @Returns(200, payees)
  async listPayees(@CurrentPrincipal() principal: Principal, @Query() query: PayeesQuery) {
    const payeesOfBudget = await this.reader.payees(principal, query.budgetId);
    return { items: payeesOfBudget.map(presentPayee), nextCursor: null };
  }

  @Post('payees')
  @ApiOperation({ summary: 'Add a payee to a budget' })
  @Repeatable()
  @Returns(201, created)
  addPayee(
    @CurrentPrincipal() principal: Principal,
    @Body() body: AddPayeeDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    const { budgetId, ...payee } = body;
    return this.payees.addPayee(principal, budgetId, payee, request);
  }

  @Post('payees/:id/names')
  @ApiOperation({ summary: 'Confirm a way in which statements write a payee, to be remembered' })
  @Repeatable()
  @Returns(201, namesConfirmed)
  confirmName(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ConfirmNameDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.payees.confirmName(principal, id, body.name, request);
  }

  @Post('household-memberships')
  @ApiOperation({ summary: 'Record that a payee lives with the child or with the recipient, from a day on' })
  @Repeatable()
  @Returns(201, created)
  recordMembership(
    @CurrentPrincipal() principal: Principal,
    @Body() body: RecordHouseholdMembershipDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.payees.recordHouseholdMembership(principal, body, request);
  }

  @Patch('household-memberships/:id')
  @ReturnsNothing()
  @ApiOperation({ summary: 'End a household membership; it is never deleted' })
  endMembership(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: EndHouseholdMembershipDto,
  ): Promise<void> {
    return this.payees.endHouseholdMembership(principal, id, body.validTo);
  }
}
