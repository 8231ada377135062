import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { decimalText, requirePence } from '@ringfence/kernel';
import { PayrollThresholdsRegister } from '@ringfence/payroll';
import type { IdempotentRequest } from '@ringfence/platform';
import { Repeatable } from '../http/repeatable.js';
import { Returns, created } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { payrollThresholds } from './payroll-thresholds.responses.js';
import { PayrollThresholdsDto } from './payroll-thresholds.dto.js';

@ApiTags('payroll')
@ApiBearerAuth()
@Controller('payroll-thresholds')
export class PayrollThresholdsController {
  constructor(private readonly thresholds: PayrollThresholdsRegister) {}

  @Get()
  @ApiOperation({ summary: 'From which figures on a pay run waits for an officer: the authority’s own, newest first' })
  @Returns(200, payrollThresholds)
  async list(@CurrentPrincipal() principal: Principal) {
    const items = (await this.thresholds.list(principal)).map((one) => ({
      validFrom: one.validFrom,
      national: one.national,
      grossTimesUsual: one.grossTimesUsual,
      usualPayslips: one.usualPayslips,
      firstGrossPerWeek: decimalText(one.firstGrossPerWeekPence),
      hoursPerDay: one.hoursPerDay,
      employerCostsPercent: one.employerCostsPercent,
      lineDifference: decimalText(one.lineDifferencePence),
      overBudget: decimalText(one.overBudgetPence),
      source: one.source,
    }));
    return { items, nextCursor: null };
  }

  @Post()
  @ApiOperation({
    summary: 'Set from which figures on a pay run waits for an officer, for runs that come from a day on',
  })
  @Repeatable()
  @Returns(201, created)
  set(
    @CurrentPrincipal() principal: Principal,
    @Body() body: PayrollThresholdsDto,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    const { firstGrossPerWeek, lineDifference, overBudget, ...rest } = body;
    const thresholds = {
      ...rest,
      firstGrossPerWeekPence: requirePence(firstGrossPerWeek, '/firstGrossPerWeek'),
      lineDifferencePence: requirePence(lineDifference, '/lineDifference'),
      overBudgetPence: requirePence(overBudget, '/overBudget'),
    };
    return this.thresholds.set(principal, thresholds, request);
  }
}
