import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { StatementMonths } from '@ringfence/statements';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal } from '../http/request-context.js';
import { statementMonths } from './statement-months.responses.js';
import { presentMonths } from './statement-months.presenter.js';

@ApiTags('statements')
@ApiBearerAuth()
@Controller('designated-accounts/:id/statement-months')
export class StatementMonthsController {
  constructor(private readonly months: StatementMonths) {}

  @Get()
  @ApiOperation({ summary: 'Which months the statements of an account hold, and whether they follow from one another' })
  @Returns(200, statementMonths)
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentMonths(await this.months.view(principal, id));
  }
}
