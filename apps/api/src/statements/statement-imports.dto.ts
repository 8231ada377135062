import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ImportState, importStates } from '@ringfence/statements';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { IdField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export const possibleDuplicatesAcceptedMax = 1_000;

export class ImportsQuery extends PageQuery {
  @IdField({ optional: true })
  designatedAccountId?: string;

  @ApiPropertyOptional({ enum: importStates })
  @IsOptional()
  @IsIn(importStates)
  state?: ImportState;
}

export class ReasonDto {
  @ApiProperty({ description: 'Why, in words that the family would understand' })
  @IsString()
  reason!: string;
}

export class CommitImportDto {
  @ApiPropertyOptional({
    type: [Number],
    description: 'Positions of possible duplicates of the preview that are new after all',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(possibleDuplicatesAcceptedMax)
  @IsInt({ each: true })
  @Min(0, { each: true })
  acceptAsNew?: number[];

  @ApiPropertyOptional({
    description: 'A person compared the lines with the file; needed where needsConfirmation is true',
  })
  @IsOptional()
  @IsBoolean()
  confirmed?: boolean;
}
