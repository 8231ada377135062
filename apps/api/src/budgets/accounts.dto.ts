import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  accountKinds,
  budgetsPerAccountMax,
  frequencies,
  instalmentKinds,
  instalmentStates,
  instalmentsPerScheduleMax,
  livesWithKinds,
  namesPerPayeeMax,
  payeeKinds,
  type AccountKind,
  type Frequency,
  type InstalmentKind,
  type InstalmentState,
  type LivesWith,
  type PayeeKind,
} from '@ringfence/budgets';
import { fundingStreams, type FundingStream } from '@ringfence/kernel';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { AmountField, DateField, IdField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class OpenDesignatedAccountDto {
  @ApiProperty({ enum: accountKinds })
  @IsIn(accountKinds)
  kind!: AccountKind;

  @ApiProperty()
  @Length(1, 200)
  name!: string;

  @ApiProperty()
  @Length(1, 200)
  bankName!: string;

  @ApiPropertyOptional({ type: String, pattern: '^\\d{6}$' })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: '$property must be six digits' })
  sortCode?: string;

  @ApiPropertyOptional({ type: String, pattern: '^\\d{6,10}$' })
  @IsOptional()
  @Matches(/^\d{6,10}$/, { message: '$property must be six to ten digits' })
  accountNumber?: string;

  @IdField({ optional: true })
  holderPersonId?: string;

  @IdField({ optional: true, description: 'For a MANAGED account' })
  holderOrganisationId?: string;

  @DateField()
  openedOn!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    description: 'Several for siblings, or for a pooled account',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(budgetsPerAccountMax)
  @IsUUID('all', { each: true })
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

  @ApiProperty({ enum: fundingStreams })
  @IsIn(fundingStreams)
  stream!: FundingStream;

  @ApiProperty({ enum: instalmentKinds })
  @IsIn(instalmentKinds)
  kind!: InstalmentKind;

  @ApiProperty({ enum: frequencies })
  @IsIn(frequencies)
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

  @ApiPropertyOptional({ enum: fundingStreams })
  @IsOptional()
  @IsIn(fundingStreams)
  stream?: FundingStream;

  @DateField({ optional: true, description: 'The first due day' })
  from?: string;

  @DateField({ optional: true, description: 'The last due day' })
  to?: string;

  @ApiPropertyOptional({ enum: instalmentStates })
  @IsOptional()
  @IsIn(instalmentStates)
  state?: InstalmentState;
}

export class AddPayeeDto {
  @IdField()
  budgetId!: string;

  @ApiProperty()
  @Length(1, 200)
  name!: string;

  @ApiProperty({ enum: payeeKinds })
  @IsIn(payeeKinds)
  kind!: PayeeKind;

  @ApiPropertyOptional({ type: [String], description: 'How statements and bureaux write the payee' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(namesPerPayeeMax)
  @Length(1, 200, { each: true })
  names?: string[];

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Length(1, 60)
  employeeReference?: string;

  @ApiPropertyOptional({ type: String, example: 'none', description: 'To the child or the recipient, in plain words' })
  @IsOptional()
  @Length(1, 200)
  relationship?: string;
}

export class ConfirmNameDto {
  @ApiProperty({ description: 'As the bank writes the payee' })
  @Length(3, 200)
  name!: string;
}

export class PayeesQuery {
  @IdField()
  budgetId!: string;
}

export class RecordHouseholdMembershipDto {
  @IdField()
  payeeId!: string;

  @ApiProperty({ enum: livesWithKinds })
  @IsIn(livesWithKinds)
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
