import type { CalendarDate, FundingStream } from '@ringfence/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A written exception to one rule for one payee of one budget. */
@Entity('exception_approvals')
export class ExceptionApproval {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'budget_id' }) budgetId!: string;
  @Column('text') rule!: string;
  @Column('uuid', { name: 'payee_id' }) payeeId!: string;
  /** Null for the money of every stream. */
  @Column('text', { nullable: true }) stream!: FundingStream | null;
  @Column('uuid', { name: 'approver_id' }) approverId!: string;
  @Column('text', { name: 'approver_relationship' }) approverRelationship!: string;
  @Column('text') reasons!: string;
  @Column('text') evidence!: string;
  @Column('text', { nullable: true }) conditions!: string | null;
  @Column('date', { name: 'valid_from' }) validFrom!: CalendarDate;
  /** The last day on which it counts: earlier than approvedTo where it was ended. */
  @Column('date', { name: 'valid_to' }) validTo!: CalendarDate;
  @Column('date', { name: 'approved_to' }) approvedTo!: CalendarDate;
  @Column('boolean') retrospective!: boolean;
  @Column('timestamptz', { name: 'approved_at' }) approvedAt!: Date;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text', { name: 'end_reasons', nullable: true }) endReasons!: string | null;
}

export const spendingRulesEntities = [ExceptionApproval];
