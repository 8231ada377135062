import { proseCharactersMax } from '@ringfence/kernel';
import { ChoiceField, MonthField, TextField } from '../http/fields.js';
import { periodStates } from './periods.responses.js';

export class PeriodDto {
  @MonthField()
  month!: string;

  @ChoiceField(periodStates, { description: 'OPEN opens a closed month again' })
  state!: (typeof periodStates)[number];

  @TextField({ min: 0, max: proseCharactersMax, optional: true, description: 'Needed to open a month again' })
  reason?: string;
}
