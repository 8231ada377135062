import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { answerReasonsMax } from '@ringfence/statements';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, Length } from 'class-validator';
import { PageQuery } from '../http/pages.js';

export class AccountWarningsQuery extends PageQuery {
  @ApiPropertyOptional({
    type: Boolean,
    description: 'true: only what nothing has settled; false: only what is settled',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  open?: boolean;
}

export class AnswerWarningDto {
  @ApiProperty({ description: 'What was found out, in words that the family would understand' })
  @Length(1, answerReasonsMax)
  reasons!: string;

  @ApiPropertyOptional({ description: 'Answer every open question of the account with the same words too' })
  @IsOptional()
  @IsBoolean()
  alike?: boolean;
}
