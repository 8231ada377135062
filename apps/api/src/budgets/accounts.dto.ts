import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  accountKinds,
  accountNumberPattern,
  budgetsPerAccountMax,
  frequencies,
  instalmentKinds,
  instalmentStates,
  instalmentsPerScheduleMax,
  livesWithKinds,
  namesPerPayeeMax,
  payeeKinds,
  sortCodePattern,
  type AccountKind,
  type Frequency,
  type InstalmentKind,
  type InstalmentState,
  type LivesWith,
  type PayeeKind,
} from '@ringfence/budgets';
import { type FundingStream, fundingStreams, nameCharactersMax, referenceCharactersMax } from '@ringfence/kernel';
import { ArrayMaxSize, IsArray, IsOptional, Matches } from 'class-validator';
import {
  AmountField,
  ChoiceField,
  DateField,
  IdField,
  IdsField,
  PatternField,
  TextField,
  TextsField,
} from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class OpenDesignatedAccountDto {
  @ChoiceField(accountKinds)
  kind!: AccountKind;

  @TextField({ max: nameCharactersMax })
  name!: string;

  @TextField({ max: nameCharactersMax })
  bankName!: string;

  @PatternField(sortCodePattern, 'must be six digits', { optional: true })
  sortCode?: string;

  @PatternField(accountNumberPattern, 'must be six to ten digits', { optional: true })
  accountNumber?: string;

  @IdField({ optional: true })
  holderPersonId?: string;

  @IdField({ optional: true, description: 'For a MANAGED account' })
  holderOrganisationId?: string;

  @DateField()
  openedOn!: string;

  @IdsField({ min: 1, max: budgetsPerAccountMax, description: 'Several for siblings, or for a pooled account' })
  budgetIds!: string[];
}

export class AddBudgetToAccountDto {
  @IdField()
  budgetId!: string;

  @DateField()
  validFrom!: string;
}

export class CloseDesignatedAccountDto {
  @DateField({ description: 'The last day on which the account is open' })
  closedOn!: string;
}

export class DesignatedAccountsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;
}

export class AddInstalmentScheduleDto {
  @IdField()
  agreementId!: string;

  @IdField({ description: 'Where the money is to be paid' })
  designatedAccountId!: string;

  @ChoiceField(fundingStreams)
  stream!: FundingStream;

  @ChoiceField(instalmentKinds)
  kind!: InstalmentKind;

  @ChoiceField(frequencies)
  frequency!: Frequency;

  @AmountField({ description: 'Of each instalment' })
  amount!: string;

  @DateField()
  firstDueOn!: string;

  @DateField()
  lastDueOn!: string;

  @ApiPropertyOptional({ type: [String], description: 'The days of a TERMLY schedule' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(instalmentsPerScheduleMax)
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true, message: '$property must hold days such as "2026-04-01"' })
  termlyDueOn?: string[];
}

export class EndInstalmentScheduleDto {
  @DateField({ description: 'Instalments after this day, and not yet due, are withdrawn' })
  lastDueOn!: string;
}

export class InstalmentsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @IdField({ optional: true })
  designatedAccountId?: string;

  @ChoiceField(fundingStreams, { optional: true })
  stream?: FundingStream;

  @DateField({ optional: true, description: 'The first due day' })
  from?: string;

  @DateField({ optional: true, description: 'The last due day' })
  to?: string;

  @ChoiceField(instalmentStates, { optional: true })
  state?: InstalmentState;
}

export class AddPayeeDto {
  @IdField()
  budgetId!: string;

  @TextField({ max: nameCharactersMax })
  name!: string;

  @ChoiceField(payeeKinds)
  kind!: PayeeKind;

  @TextsField({
    max: nameCharactersMax,
    itemsMax: namesPerPayeeMax,
    optional: true,
    description: 'How statements and bureaux write the payee',
  })
  names?: string[];

  @TextField({ max: referenceCharactersMax, optional: true })
  employeeReference?: string;

  @TextField({
    max: nameCharactersMax,
    optional: true,
    example: 'none',
    description: 'To the child or the recipient, in plain words',
  })
  relationship?: string;
}

export class ConfirmNameDto {
  @TextField({ min: 3, max: nameCharactersMax, description: 'As the bank writes the payee' })
  name!: string;
}

export class PayeesQuery {
  @IdField()
  budgetId!: string;
}

export class RecordHouseholdMembershipDto {
  @IdField()
  payeeId!: string;

  @ChoiceField(livesWithKinds)
  livesWith!: LivesWith;

  @DateField()
  validFrom!: string;

  @DateField({ optional: true, description: 'The last day; left out while they live together' })
  validTo?: string;
}

export class EndHouseholdMembershipDto {
  @DateField({ description: 'The last day on which they lived together' })
  validTo!: string;
}
