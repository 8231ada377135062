import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { isId, Problem, requireId } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { TryPolicy } from '@ringfence/reconciliation';
import { policyChangesJson, PolicyVersions, SetPolicy } from '@ringfence/spending-rules';
import { Repeatable } from '../http/repeatable.js';
import { Returns, ReturnsNothing, created } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { ownPolicyVersions, policyDifference, policyTried, policyVersion } from './policy-versions.responses.js';
import { PolicyDifferenceQuery, PolicyTrialDto, PolicyVersionDto } from './policy-versions.dto.js';
import { presentTrial, presentVersion, presentWholeVersion } from './spending-rules.presenter.js';

/** An authority's spending policy over the national set. `national` and `current` name versions too. */
@ApiTags('spending rules')
@ApiBearerAuth()
@Controller('policy-versions')
export class PolicyVersionsController {
  constructor(
    private readonly versions: PolicyVersions,
    private readonly policy: SetPolicy,
    private readonly trial: TryPolicy,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The authority’s own versions, latest first; before the first the national set holds' })
  @Returns(200, ownPolicyVersions)
  async list(@CurrentPrincipal() principal: Principal) {
    return { items: (await this.versions.list(principal)).map(presentVersion), nextCursor: null };
  }

  @Post()
  @ApiOperation({ summary: 'Set the policy from a day on: its differences from the national set' })
  @Repeatable()
  @Returns(201, created)
  set(
    @CurrentPrincipal() principal: Principal,
    @Body() body: PolicyVersionDto,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.policy.set(principal, { ...body, changes: policyChangesJson(body.changes) }, request);
  }

  @Get('difference')
  @ApiOperation({ summary: 'What changes, rule by rule, from one version to another' })
  @Returns(200, policyDifference)
  async difference(@CurrentPrincipal() principal: Principal, @Query() { from, to }: PolicyDifferenceQuery) {
    return { items: await this.versions.difference(principal, versionId(from), versionId(to)) };
  }

  @Post('trials')
  @ApiOperation({
    summary: 'Assess past spends by a policy that is not set, and see what would differ; nothing is recorded',
  })
  @Returns(200, policyTried)
  async try(@CurrentPrincipal() principal: Principal, @Body() body: PolicyTrialDto) {
    return presentTrial(await this.trial.run(principal, { ...body, changes: policyChangesJson(body.changes) }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One version with all its rules' })
  @Returns(200, policyVersion)
  async view(@CurrentPrincipal() principal: Principal, @Param('id') id: string) {
    return presentWholeVersion(await this.versions.view(principal, versionId(id)));
  }

  @Delete(':id')
  @ReturnsNothing()
  @ApiOperation({ summary: 'Withdraw a version that has not begun; it stays on record as withdrawn' })
  withdraw(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.policy.withdraw(principal, requireId(id, '/id'));
  }
}

function versionId(text: string): string {
  if (text === 'national' || text === 'current' || isId(text)) return text;
  throw Problem.field('/id', `/id is ${JSON.stringify(text)}: use the id of a version, national or current.`);
}
