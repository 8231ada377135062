import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  AccountKind,
  DeliveryMechanism,
  Frequency,
  Holder,
  InstalmentKind,
  LivesWith,
  PayeeKind,
  PayerKind,
  PlanKind,
  PlanSection,
} from '../domain/terms.js';

/** A record of one authority: every table is led by it. */
abstract class AuthorityRecord {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid') id!: string;
}

@Entity('payers')
export class Payer extends AuthorityRecord {
  @Column('text') name!: string;
  @Column('text') kind!: PayerKind;
  @Column('text') code!: string;
}

@Entity('plan_documents')
export class PlanDocument extends AuthorityRecord {
  @Column('uuid', { name: 'child_id' }) childId!: string;
  @Column('text') kind!: PlanKind;
  @Column('date', { name: 'starts_on' }) startsOn!: CalendarDate;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: CalendarDate | null;
}

@Entity('outcomes')
export class Outcome extends AuthorityRecord {
  @Column('uuid', { name: 'plan_document_id' }) planDocumentId!: string;
  @Column('text') reference!: string;
  @Column('text') description!: string;
}

@Entity('budgets')
export class Budget extends AuthorityRecord {
  @Column('text') reference!: string;
  @Column('uuid', { name: 'child_id' }) childId!: string;
  @Column('uuid', { name: 'recipient_id' }) recipientId!: string;
  @Column('uuid', { name: 'plan_document_id' }) planDocumentId!: string;
  @Column('date', { name: 'starts_on' }) startsOn!: CalendarDate;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: CalendarDate | null;
}

@Entity('agreements')
export class Agreement extends AuthorityRecord {
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @Column('uuid', { name: 'payer_id' }) payerId!: string;
}

@Entity('agreement_versions')
export class AgreementVersion {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid', { name: 'agreement_id' }) agreementId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('date', { name: 'valid_from' }) validFrom!: CalendarDate;
  @Column('date', { name: 'signed_on' }) signedOn!: CalendarDate;
  @Column('boolean', { name: 'changes_services' }) changesServices!: boolean;
  @Column('text') reason!: string;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
}

@Entity('budget_lines')
export class BudgetLine extends AuthorityRecord {
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string;
  @Column('text') name!: string;
  @Column('text') stream!: FundingStream;
  @Column('text') mechanism!: DeliveryMechanism;
  @Column('text') holder!: Holder;
  @Column('text', { name: 'plan_section' }) planSection!: PlanSection;
  @Column('bigint', { name: 'amount_pence' }) amountPence!: Money;
  @Column('numeric', { nullable: true }) quantity!: string | null;
  @Column('text', { nullable: true }) unit!: string | null;
  @Column('bigint', { name: 'rate_pence', nullable: true }) ratePence!: Money | null;
  @Column('date', { name: 'starts_on' }) startsOn!: CalendarDate;
  @Column('date', { name: 'ends_on' }) endsOn!: CalendarDate;
  @Column('uuid', { name: 'payee_id', nullable: true }) payeeId!: string | null;
}

@Entity('budget_line_outcomes')
export class BudgetLineOutcome {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @PrimaryColumn('uuid', { name: 'budget_line_id' }) budgetLineId!: string;
  @PrimaryColumn('uuid', { name: 'outcome_id' }) outcomeId!: string;
}

@Entity('instalment_schedules')
export class InstalmentSchedule extends AuthorityRecord {
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string;
  @Column('text') stream!: FundingStream;
  @Column('text') kind!: InstalmentKind;
  @Column('text') frequency!: Frequency;
  @Column('bigint', { name: 'amount_pence' }) amountPence!: Money;
  @Column('date', { name: 'first_due_on' }) firstDueOn!: CalendarDate;
  @Column('date', { name: 'last_due_on' }) lastDueOn!: CalendarDate;
  @Column('date', { name: 'termly_due_on', array: true, nullable: true }) termlyDueOn!: CalendarDate[] | null;
}

@Entity('instalments')
export class Instalment extends AuthorityRecord {
  @Column('uuid', { name: 'schedule_id' }) scheduleId!: string;
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string;
  @Column('uuid', { name: 'designated_account_id' }) designatedAccountId!: string;
  @Column('text') stream!: FundingStream;
  @Column('text') kind!: InstalmentKind;
  @Column('date', { name: 'due_on' }) dueOn!: CalendarDate;
  @Column('bigint', { name: 'amount_pence' }) amountPence!: Money;
  @Column('uuid', { name: 'due_journal_id', nullable: true }) dueJournalId!: string | null;
  @Column('date', { name: 'received_on', nullable: true }) receivedOn!: CalendarDate | null;
  @Column('uuid', { name: 'received_journal_id', nullable: true }) receivedJournalId!: string | null;
  @Column('date', { name: 'withdrawn_on', nullable: true }) withdrawnOn!: CalendarDate | null;
}

@Entity('designated_accounts')
export class DesignatedAccount extends AuthorityRecord {
  @Column('text') kind!: AccountKind;
  @Column('text') name!: string;
  @Column('text', { name: 'bank_name' }) bankName!: string;
  @Column('text', { name: 'sort_code', nullable: true }) sortCode!: string | null;
  @Column('text', { name: 'account_number', nullable: true }) accountNumber!: string | null;
  @Column('uuid', { name: 'holder_person_id', nullable: true }) holderPersonId!: string | null;
  @Column('uuid', { name: 'holder_organisation_id', nullable: true }) holderOrganisationId!: string | null;
  @Column('date', { name: 'opened_on' }) openedOn!: CalendarDate;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn!: CalendarDate | null;
  @Column('uuid', { name: 'approved_by' }) approvedBy!: string;
}

@Entity('designated_account_budgets')
export class DesignatedAccountBudget {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid', { name: 'designated_account_id' }) designatedAccountId!: string;
  @PrimaryColumn('uuid', { name: 'budget_id' }) budgetId!: string;
  @PrimaryColumn('date', { name: 'valid_from' }) validFrom!: CalendarDate;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: CalendarDate | null;
}

@Entity('payees')
export class Payee extends AuthorityRecord {
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @Column('text') name!: string;
  @Column('text') kind!: PayeeKind;
  @Column('text', { array: true }) names!: string[];
  @Column('text', { name: 'employee_reference', nullable: true }) employeeReference!: string | null;
  @Column('text') relationship!: string;
}

@Entity('household_memberships')
export class HouseholdMembership extends AuthorityRecord {
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @Column('uuid', { name: 'payee_id' }) payeeId!: string;
  @Column('text', { name: 'lives_with' }) livesWith!: LivesWith;
  @Column('date', { name: 'valid_from' }) validFrom!: CalendarDate;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: CalendarDate | null;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
}

export const budgetsEntities = [
  Payer,
  PlanDocument,
  Outcome,
  Budget,
  Agreement,
  AgreementVersion,
  BudgetLine,
  BudgetLineOutcome,
  InstalmentSchedule,
  Instalment,
  DesignatedAccount,
  DesignatedAccountBudget,
  Payee,
  HouseholdMembership,
];
