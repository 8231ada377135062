import { nameCharactersMax, reasonsCharactersMax } from '@ringfence/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Allow, IsString } from 'class-validator';
import { DateField, IdField, TextField } from '../http/fields.js';

const changes = {
  type: 'array',
  items: { type: 'object' },
  example: [{ kind: 'switch-off', code: 'OPTICAL' }],
  description:
    'Differences from the national set: {"kind":"switch-off","code"}, {"kind":"replace","rule"}, {"kind":"add","rule"}',
} as const;

export class PolicyVersionDto {
  @TextField({ max: nameCharactersMax, example: 'Spending policy 2026' })
  name!: string;

  @TextField({ max: reasonsCharactersMax })
  reasons!: string;

  @DateField({ description: 'Today or later' })
  validFrom!: string;

  @ApiProperty(changes)
  @Allow()
  changes!: unknown;
}

export class PolicyTrialDto {
  @ApiProperty(changes)
  @Allow()
  changes!: unknown;

  @DateField({ description: 'The first day of service' })
  from!: string;

  @DateField({ description: 'The last day of service' })
  to!: string;

  @IdField({ optional: true, description: 'Left out: every budget' })
  budgetId?: string;
}

export class PolicyDifferenceQuery {
  @ApiProperty({ description: 'An id, national or current', example: 'national' })
  @IsString()
  from!: string;

  @ApiProperty({ description: 'An id, national or current', example: 'current' })
  @IsString()
  to!: string;
}
