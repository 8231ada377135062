import { fundingStreams, type FundingStream, type LedgerStream } from '@ringfence/kernel';
import { workNeeds, type WorkNeed } from '@ringfence/reporting';
import { ChoiceField, DateField, IdField, MonthField, TextField } from '../http/fields.js';
import { ledgerStreams } from './reports.responses.js';

export class BalancesQuery {
  @IdField()
  budgetId!: string;

  @DateField({ optional: true, description: 'At the end of this day; today when left out' })
  at?: string;
}

export class StatementOfAccountQuery {
  @IdField()
  budgetId!: string;

  @ChoiceField(ledgerStreams, { optional: true })
  stream?: LedgerStream;

  @DateField()
  from!: string;

  @DateField()
  to!: string;
}

export class TrialBalanceQuery {
  @MonthField({ optional: true, description: 'Everything posted when left out' })
  month?: string;
}

export const workListTextCharactersMax = 100;

export class WorkListQuery {
  @TextField({
    min: 0,
    max: workListTextCharactersMax,
    optional: true,
    description: 'Part of the reference or of a name',
  })
  text?: string;

  @ChoiceField(fundingStreams, { optional: true })
  stream?: FundingStream;

  @ChoiceField(workNeeds, { optional: true, description: 'Only budgets that need this; all when left out' })
  need?: WorkNeed;
}
