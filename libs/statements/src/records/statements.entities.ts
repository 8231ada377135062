import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate, Money } from '@ringfence/kernel';
import type { ParseWarning } from '@ringfence/statement-files';

export const importStates = ['RECEIVED', 'PARSED', 'REFUSED', 'COMMITTING', 'COMMITTED', 'REVERSED'] as const;
export type ImportState = (typeof importStates)[number];

/** What is being done with the lines of a file. */
export const progressSteps = ['READING', 'COMPARING', 'POSTING'] as const;
export type ProgressStep = (typeof progressSteps)[number];

export interface CommitRequest {
  readonly principal: { readonly kind: 'person' | 'client' | 'system'; readonly id: string };
  readonly acceptAsNew: readonly number[];
  readonly confirmed: boolean;
}

@Entity('statement_imports')
export class StatementImport {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'designated_account_id' }) designatedAccountId!: string;
  @Column('text') state!: ImportState;
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('text', { name: 'file_hash' }) fileHash!: string;
  @Column('bigint', { name: 'file_bytes' }) fileBytes!: bigint;
  @Column('text', { name: 'profile_wanted', nullable: true }) profileWanted!: string | null;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: string;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  @Column('text', { nullable: true }) format!: string | null;
  @Column('text', { nullable: true }) profile!: string | null;
  /** Of a layout that the authority added; null where a bank's read the file. */
  @Column('integer', { name: 'profile_version', nullable: true }) profileVersion!: number | null;
  @Column('text', { name: 'parser_version', nullable: true }) parserVersion!: string | null;
  @Column('boolean', { name: 'needs_confirmation' }) needsConfirmation!: boolean;
  @Column('date', { name: 'first_date', nullable: true }) firstDate!: CalendarDate | null;
  @Column('date', { name: 'last_date', nullable: true }) lastDate!: CalendarDate | null;
  @Column('bigint', { name: 'opening_pence', nullable: true }) openingPence!: Money | null;
  @Column('bigint', { name: 'closing_pence', nullable: true }) closingPence!: Money | null;
  @Column('jsonb') warnings!: ParseWarning[];
  @Column('text', { name: 'refusal_code', nullable: true }) refusalCode!: string | null;
  @Column('text', { nullable: true }) refusal!: string | null;
  @Column('integer', { name: 'refusal_line', nullable: true }) refusalLine!: number | null;
  @Column('uuid', { name: 'committed_by', nullable: true }) committedBy!: string | null;
  @Column('timestamptz', { name: 'committed_at', nullable: true }) committedAt!: Date | null;
  @Column('uuid', { name: 'reversed_by', nullable: true }) reversedBy!: string | null;
  @Column('timestamptz', { name: 'reversed_at', nullable: true }) reversedAt!: Date | null;
  @Column('text', { name: 'reversal_reason', nullable: true }) reversalReason!: string | null;
  @Column('text', { name: 'progress_step', nullable: true }) progressStep!: ProgressStep | null;
  @Column('integer', { name: 'progress_done', nullable: true }) progressDone!: number | null;
  @Column('integer', { name: 'progress_of', nullable: true }) progressOf!: number | null;
  /** Which imports were posted when the preview was compared with them. */
  @Column('text', { name: 'compared_with', nullable: true }) comparedWith!: string | null;
  /** Of a commit that a job does: who asked for it, and what that person had chosen. */
  @Column('jsonb', { name: 'commit_request', nullable: true }) commitRequest!: CommitRequest | null;
  /** Why the books refused a commit that a job had begun. */
  @Column('text', { name: 'commit_refusal', nullable: true }) commitRefusal!: string | null;
}

export const statementsEntities = [StatementImport];
