import { reasonsCharactersMax } from '@ringfence/kernel';
import { Transform } from 'class-transformer';
import { BooleanField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class AccountWarningsQuery extends PageQuery {
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @BooleanField({ optional: true, description: 'true: only what nothing has settled; false: only what is settled' })
  open?: boolean;
}

export class AnswerWarningDto {
  @TextField({
    max: reasonsCharactersMax,
    description: 'What was found out, in words that the family would understand',
  })
  reasons!: string;

  @BooleanField({ optional: true, description: 'Answer every open question of the account with the same words too' })
  alike?: boolean;
}
