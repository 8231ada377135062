import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { reasonCharactersMax } from '@ringfence/ledger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { MonthField } from '../http/fields.js';
import { periodStates } from './periods.responses.js';

export class PeriodDto {
  @MonthField()
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
