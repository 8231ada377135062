import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate, Money } from '@ringfence/kernel';
import type { ParseWarning } from '../domain/outcome.js';

export const importStates = ['RECEIVED', 'PARSED', 'REFUSED', 'COMMITTED'] as const;
export type ImportState = (typeof importStates)[number];

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
}

export const statementsEntities = [StatementImport];
