import { fundingStreams, proseCharactersMax } from '@ringfence/kernel';
import { descriptionCharactersMax } from '@ringfence/ledger';
import { entriesPerManualJournalMax, manualJournalAccounts } from '@ringfence/reconciliation';
import { AmountField, ChoiceField, DateField, IdField, ObjectsField, TextField } from '../http/fields.js';

export const manualJournalStreams = [...fundingStreams, 'FAMILY'] as const;

export class JournalEntryDto {
  @ChoiceField(manualJournalAccounts)
  account!: (typeof manualJournalAccounts)[number];

  @ChoiceField(manualJournalStreams, { description: 'The entries of each stream must come to nothing' })
  stream!: (typeof manualJournalStreams)[number];

  @AmountField({ positive: false, description: 'A debit is above zero, a credit below it' })
  amount!: string;

  @DateField({ optional: true, description: 'The day of the service; the effective date where left out' })
  serviceDate?: string;

  @IdField({ optional: true, description: 'For PROVISION, and for nothing else' })
  budgetLineId?: string;

  @IdField({ optional: true, description: 'For a budget line with several outcomes' })
  outcomeId?: string;
}

export class PostManualJournalDto {
  @IdField({ optional: true, description: 'Where the budget has several accounts: whose book it is for' })
  designatedAccountId?: string;

  @DateField({ description: 'In a month that is open' })
  effectiveDate!: string;

  @TextField({ max: descriptionCharactersMax, description: 'What the journal is, as the books show it' })
  description!: string;

  @TextField({ max: proseCharactersMax, description: 'Why it is posted manually' })
  reason!: string;

  @IdField({ optional: true, description: 'Who was paid: the payee’s household and exceptions are tested' })
  payeeId?: string;

  @IdField({ optional: true, description: 'The bank line that it corrects: the spends are assessed as that line is' })
  statementLineId?: string;

  @ObjectsField(JournalEntryDto, { min: 2, max: entriesPerManualJournalMax })
  entries!: JournalEntryDto[];
}

export class ReverseManualJournalDto {
  @TextField({ max: proseCharactersMax, description: 'Why it is reversed' })
  reason!: string;
}
