import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import type { IdempotentRequest } from '@ringfence/platform';
import { ReviewPolicies } from '@ringfence/reviews';
import { Repeatable } from '../http/repeatable.js';
import { Returns, created } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { reviewPolicies } from './reviews.responses.js';
import { ReviewPolicyDto } from './reviews.dto.js';

@ApiTags('reviews')
@ApiBearerAuth()
@Controller('review-policies')
export class ReviewPoliciesController {
  constructor(private readonly policies: ReviewPolicies) {}

  @Get()
  @ApiOperation({ summary: 'How soon this authority makes its first reviews, where it has set that itself' })
  @Returns(200, reviewPolicies)
  async list(@CurrentPrincipal() principal: Principal) {
    return { items: await this.policies.list(principal), nextCursor: null };
  }

  @Post()
  @ApiOperation({ summary: 'Set how soon first reviews are made, for agreements first paid from a day' })
  @Repeatable()
  @Returns(201, created)
  set(
    @CurrentPrincipal() principal: Principal,
    @Body() body: ReviewPolicyDto,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.policies.set(principal, body, request);
  }
}
