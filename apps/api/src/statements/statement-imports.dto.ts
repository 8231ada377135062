import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ImportState, importStates } from '@ringfence/statements';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { BooleanField, ChoiceField, IdField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export const possibleDuplicatesAcceptedMax = 1_000;

export class ImportsQuery extends PageQuery {
  @IdField({ optional: true })
  designatedAccountId?: string;

  @ChoiceField(importStates, { optional: true })
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

  @BooleanField({
    optional: true,
    description: 'A person compared the lines with the file; needed where needsConfirmation is true',
  })
  confirmed?: boolean;
}
