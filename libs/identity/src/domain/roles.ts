import { covers, type CalendarDate } from '@ringfence/kernel';

/** The roles that act (domain: actors and their tasks). */
export const roles = [
  'FINANCE_OFFICER',
  'APPROVER',
  'PLAN_COORDINATOR',
  'AUDITOR',
  'RECIPIENT',
  'MANAGED_ACCOUNT_PROVIDER',
  'PAYROLL_BUREAU',
] as const;
export type Role = (typeof roles)[number];

/** Roles that reach a whole authority. Everybody else is let in budget by budget. */
export const authorityRoles: readonly Role[] = ['FINANCE_OFFICER', 'APPROVER', 'PLAN_COORDINATOR', 'AUDITOR'];

export const roleNames: Readonly<Record<Role, string>> = {
  FINANCE_OFFICER: 'Finance officer',
  APPROVER: 'Approver',
  PLAN_COORDINATOR: 'Plan co-ordinator',
  AUDITOR: 'Auditor',
  RECIPIENT: 'Recipient of direct payments',
  MANAGED_ACCOUNT_PROVIDER: 'Managed-account provider',
  PAYROLL_BUREAU: 'Payroll bureau',
};

/** A role from a day to a day; without a budget it is over the whole authority. */
export interface Grant {
  readonly role: Role;
  readonly budgetId: string | null;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

export function inForce(grant: Grant, day: CalendarDate): boolean {
  return covers({ from: grant.validFrom, to: grant.validTo }, day);
}
