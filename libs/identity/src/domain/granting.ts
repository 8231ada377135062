import { addDays, type CalendarDate } from '@ringfence/kernel';
import { authorityRoles, inForce, roleNames, type Grant, type Role } from './roles.js';

/** Which roles each role may give and end, for a budget or over the authority as the role has it. Design. */
export const givenBy: Readonly<Record<Role, readonly Role[]>> = {
  APPROVER: ['FINANCE_OFFICER', 'APPROVER', 'PLAN_COORDINATOR', 'AUDITOR'],
  FINANCE_OFFICER: ['RECIPIENT', 'MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU'],
  PLAN_COORDINATOR: ['RECIPIENT'],
  AUDITOR: [],
  RECIPIENT: [],
  MANAGED_ACCOUNT_PROVIDER: [],
  PAYROLL_BUREAU: [],
};

/** Roles that a machine may have. The others ask for a person's judgement. */
export const machineRoles: readonly Role[] = ['MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU'];

/** Whether these grants, on this day, let their holder give the role. */
export function mayGive(grants: readonly Grant[], role: Role, day: CalendarDate): boolean {
  return grants.some((grant) => inForce(grant, day) && givenBy[grant.role].includes(role));
}

/** The roles of whom to ask for it. */
export function giversOf(role: Role): readonly Role[] {
  return (Object.keys(givenBy) as Role[]).filter((giver) => givenBy[giver].includes(role));
}

export interface WantedGrant {
  readonly role: Role;
  readonly personId?: string | null;
  readonly apiClientId?: string | null;
  readonly budgetId?: string | null;
  readonly validFrom: CalendarDate;
  readonly validTo?: CalendarDate | null;
}

/** What is wrong with a grant before anything is looked up: the field, and a sentence. */
export interface GrantFault {
  readonly pointer: string;
  readonly message: string;
}

/** Checks what a grant says about itself; returns the first fault. */
export function faultOfGrant(wanted: WantedGrant): GrantFault | undefined {
  const { role, personId, apiClientId, budgetId, validFrom, validTo } = wanted;
  const overAuthority = authorityRoles.includes(role);
  if (overAuthority === Boolean(budgetId)) {
    const message = overAuthority
      ? `The role ${role} is over the whole authority: leave budgetId out.`
      : `The role ${role} is given for one budget: name it in budgetId.`;
    return { pointer: '/budgetId', message };
  }
  if (Boolean(personId) === Boolean(apiClientId)) {
    const message = 'A role is given to one person or to one API client: name one of personId and apiClientId.';
    return { pointer: '/personId', message };
  }
  if (apiClientId && !machineRoles.includes(role)) {
    const message = `The role ${roleNames[role].toLowerCase()} is for people: an API client may have ${machineRoles.join(' or ')}.`;
    return { pointer: '/apiClientId', message };
  }
  if (validTo && validTo < validFrom) {
    return { pointer: '/validTo', message: `The grant would end on ${validTo}, before it begins on ${validFrom}.` };
  }
  return undefined;
}

/**
 * Checks a new end; answers why it is refused. Yesterday ends a grant at once; the day before its first ends one that was
 * given by mistake, or that has not begun.
 */
export function faultOfEnd(
  grant: { readonly validFrom: CalendarDate; readonly validTo: CalendarDate | null },
  lastDay: CalendarDate,
  today: CalendarDate,
): string | undefined {
  const never = addDays(grant.validFrom, -1);
  if (lastDay < never) {
    return `The grant begins on ${grant.validFrom}: end it on ${never} if it is never to count, and not on ${lastDay}.`;
  }
  if (grant.validTo !== null && lastDay > grant.validTo) {
    return `The grant ends on ${grant.validTo} and cannot be prolonged to ${lastDay}: give a new one.`;
  }
  if (lastDay < addDays(today, -1) && lastDay !== grant.validTo) {
    return `The grant was in force after ${lastDay}, and that cannot be undone: end it on ${addDays(today, -1)} or later.`;
  }
  return undefined;
}
