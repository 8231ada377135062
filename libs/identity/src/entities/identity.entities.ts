import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '@ringfence/kernel';
import type { Role } from '../domain/roles.js';

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

@Entity('sign_ins')
export class SignIn {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('text') issuer!: string;
  @PrimaryColumn('text') subject!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
}

@Entity('api_clients')
export class ApiClient {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organisation_id' }) organisationId!: string;
  @Column('text') issuer!: string;
  @Column('text', { name: 'client_id' }) clientId!: string;
  @Column('text') name!: string;
}

@Entity('role_grants')
export class RoleGrant {
  @PrimaryColumn('uuid', { name: 'authority_id' }) authorityId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null;
  @Column('uuid', { name: 'api_client_id', nullable: true }) apiClientId!: string | null;
  @Column('text') role!: Role;
  @Column('uuid', { name: 'budget_id', nullable: true }) budgetId!: string | null;
  @Column('date', { name: 'valid_from' }) validFrom!: CalendarDate;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: CalendarDate | null;
  @Column('uuid', { name: 'granted_by' }) grantedBy!: string;
}

export const identityEntities = [Organisation, Person, SignIn, ApiClient, RoleGrant];
