import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { reasonCharactersMax } from '@ringfence/ledger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { periodStates } from './periods.answers.js';

export class PeriodDto {
  @ApiProperty({ type: String, pattern: '^\\d{4}-(0[1-9]|1[0-2])$', example: '2026-04' })
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'month must be a month, written as "2026-04"' })
  month!: string;

  @ApiProperty({ enum: periodStates, description: 'OPEN opens a closed month again' })
  @IsIn(periodStates)
  state!: (typeof periodStates)[number];

  @ApiPropertyOptional({ type: String, maxLength: reasonCharactersMax, description: 'Needed to open a month again' })
  @IsOptional()
  @IsString()
  @MaxLength(reasonCharactersMax)
  reason?: string;
}
