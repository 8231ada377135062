import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { decimalText } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { PolicyTrials } from '@ringfence/reconciliation';
import { policyChangesJson } from '@ringfence/spending-rules';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { trialAsked, trialState } from './policy-trials.responses.js';
import { PolicyTrialDto } from '../spending-rules/policy-versions.dto.js';

/** A policy tried on more spends than one request assesses. */
@ApiTags('spending rules')
@ApiBearerAuth()
@Controller('policy-trials')
export class PolicyTrialsController {
  constructor(private readonly trials: PolicyTrials) {}

  @Post()
  @ApiOperation({ summary: 'Try a policy that is not set on every spend of many days, as a job' })
  @Repeatable()
  @Returns(201, trialAsked)
  ask(
    @CurrentPrincipal() principal: Principal,
    @Body() body: PolicyTrialDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.trials.ask(principal, { ...body, changes: policyChangesJson(body.changes) }, request);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far a trial has come, and what it has found' })
  @Returns(200, trialState)
  async view(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    const { report, ...state } = await this.trials.view(principal, id);
    const changed = report.changed.map(({ amountPence, ...one }) => ({ ...one, amount: decimalText(amountPence) }));
    return { ...state, ...report, changed };
  }
}
