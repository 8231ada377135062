import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '@ringfence/kernel';

export const organisationKinds = [
  'PAYROLL_BUREAU',
  'MANAGED_ACCOUNT_PROVIDER',
  'SUPPORT_SERVICE',
  'FINANCE_SYSTEM',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

@Entity('organisations')
export class Organisation {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') kind!: OrganisationKind;
}

@Entity('people')
export class Person {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('date', { name: 'date_of_birth', nullable: true }) dateOfBirth!: CalendarDate | null;
  @Column('uuid', { name: 'organisation_id', nullable: true }) organisationId!: string | null;
}

export const identityEntities = [Organisation, Person];
