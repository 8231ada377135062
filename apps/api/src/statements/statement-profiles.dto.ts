import { reasonsCharactersMax } from '@ringfence/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Allow } from 'class-validator';
import { DateField, TextField } from '../http/fields.js';

/** The export of an invented prepaid card. */
export const profileExample = {
  name: 'council-card',
  bank: 'The council’s prepaid card',
  header: ['Trace Id', 'Tx Date', 'Tx Amount', 'DR/CR', 'MCC', 'Merchant Name', 'Status', 'Balance'],
  date: ['Tx Date'],
  dates: ['dd/mm/yyyy'],
  amount: { kind: 'marked', column: 'Tx Amount', mark: 'DR/CR', out: ['DR'], in: ['CR'] },
  balance: 'Balance',
  description: ['Merchant Name'],
  bankId: 'Trace Id',
  mcc: 'MCC',
  state: { column: 'Status', posted: ['SETTLED'], pending: ['AUTHORISED'], reverted: ['DECLINED'] },
  currency: 'GBP',
  order: 'oldestFirst',
};

export class StatementProfileDto {
  @ApiProperty({
    type: Object,
    example: profileExample,
    description: 'The layout as JSON; its fields are in docs/reference/statement-profiles.md',
  })
  @Allow()
  profile!: unknown;

  @TextField({
    max: reasonsCharactersMax,
    description: 'Why it is added or changed, for whoever looks at an import later',
  })
  reasons!: string;
}

export class RetireProfileDto {
  @DateField({ description: 'The first day on which it reads no more: today or later' })
  retiredOn!: string;
}
