import { pageSizeMax, pageSizeUsual } from '@ringfence/kernel';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** The query of every list: `limit` and the `cursor` that the page before gave. */
export class PageQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: pageSizeMax, default: pageSizeUsual })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageSizeMax)
  limit: number = pageSizeUsual;

  @ApiPropertyOptional({ type: String, description: 'nextCursor of the page before' })
  @IsOptional()
  @IsString()
  cursor?: string;
}
