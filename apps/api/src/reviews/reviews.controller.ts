import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@ringfence/identity';
import { requireDate, requireId } from '@ringfence/kernel';
import type { IdempotentRequest } from '@ringfence/platform';
import { ConcludeReview, ReadReviews, type Review } from '@ringfence/reviews';
import { decodeCursor, pageOf, type Page } from '../http/pages.js';
import { CurrentPrincipal, Idempotent } from '../http/request-context.js';
import { ConclusionDto, ReviewsQuery } from './reviews.dto.js';

@ApiTags('reviews')
@ApiBearerAuth()
@Controller('reviews')
export class ReviewsController {
  constructor(
    private readonly reviews: ReadReviews,
    private readonly concludeReview: ConcludeReview,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The reviews that you may see, by the day on which they are due' })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: ReviewsQuery): Promise<Page<Review>> {
    const { limit, cursor, ...filter } = query;
    const found = await this.reviews.list(principal, filter, limit, afterOf(cursor));
    return pageOf(
      found,
      limit,
      ({ dueOn, id }) => [dueOn, id],
      (review) => review,
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'One review, with the figures of its day once it is open' })
  one(@CurrentPrincipal() principal: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<Review> {
    return this.reviews.one(principal, id);
  }

  @Post(':id/conclusion')
  @HttpCode(200)
  @ApiOperation({ summary: 'Conclude an open review; it is never edited afterwards, and nothing follows by itself' })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'The same key repeats the first answer' })
  conclude(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ConclusionDto,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.concludeReview.run(principal, id, body, request);
  }
}

function afterOf(cursor: string | undefined): readonly [string, string] | undefined {
  const key = decodeCursor(cursor, 2);
  return key && [requireDate(key[0], '/cursor'), requireId(key[1], '/cursor')];
}
