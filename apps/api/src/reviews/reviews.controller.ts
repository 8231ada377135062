import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { requireDate, requireId, decodeCursor, pageOf } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { ConcludeReview, Reviews } from '@ringfence/reviews';
import { Repeatable } from '../http/repeatable.js';
import { Returns } from '../http/responses.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { review, reviewConcluded, reviews } from './reviews.responses.js';
import { ConclusionDto, ReviewsQuery } from './reviews.dto.js';
import { presentReview } from './reviews.presenter.js';

@ApiTags('reviews')
@ApiBearerAuth()
@Controller('reviews')
export class ReviewsController {
  constructor(
    private readonly reviews: Reviews,
    private readonly concludeReview: ConcludeReview,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The reviews that you may see, by the day on which they are due' })
  @Returns(200, reviews)
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ReviewsQuery) {
    const { limit, cursor, ...filter } = query;
    const found = await this.reviews.list(principal, filter, limit, afterOf(cursor));
    return pageOf(found, limit, ({ dueOn, id }) => [dueOn, id], presentReview);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One review, with the figures of its day once it is open' })
  @Returns(200, review)
  async one(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string) {
    return presentReview(await this.reviews.one(principal, id));
  }

  @Post(':id/conclusion')
  @ApiOperation({ summary: 'Conclude an open review; it is never edited afterwards, and nothing follows by itself' })
  @Repeatable()
  @Returns(200, reviewConcluded)
  conclude(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ConclusionDto,
    @Idempotent() request: IdempotentRequest,
  ) {
    return this.concludeReview.run(principal, id, body, request);
  }
}

function afterOf(cursor: string | undefined): readonly [string, string] | undefined {
  const key = decodeCursor(cursor, 2);
  return key && [requireDate(key[0], '/cursor'), requireId(key[1], '/cursor')];
}
