import { Problem, type CalendarDate } from '@ringfence/kernel';
import type { TenantContext } from '@ringfence/platform';
import { accessTable, actionWords, type Action } from './domain/access.js';
import { inForce, roleNames, type Grant, type Role } from './domain/roles.js';

/** Who is asking: a person who signed in or an organisation's machine, in one authority, with the grants of today. */
export interface Principal {
  readonly authorityId: string;
  readonly authorityName: string;
  readonly kind: 'person' | 'client';
  readonly id: string;
  readonly name: string;
  readonly organisationId: string | null;
  readonly grants: readonly Grant[];
  /** The day on which the grants are read. */
  readonly today: CalendarDate;
}

/** The context under which the database is asked on a principal's behalf. */
export function contextOf(principal: Principal): TenantContext {
  return { authorityId: principal.authorityId, principal: { kind: principal.kind, id: principal.id } };
}

/** Whether a grant in force allows the action, on this budget where one is named, else on some budget or on all. */
export function may(principal: Principal, action: Action, budgetId?: string): boolean {
  const allowed: readonly Role[] = accessTable[action];
  return principal.grants.some(
    (grant) =>
      allowed.includes(grant.role) &&
      inForce(grant, principal.today) &&
      (grant.budgetId === null || budgetId === undefined || grant.budgetId === budgetId),
  );
}

/** A refusal of somebody who has none of the roles that an action needs. */
export class RoleNeeded extends Problem {
  constructor(detail: string) {
    super('not-permitted', detail);
  }
}

/** Like {@link may}, but refuses with `not-permitted`. */
export function authorise(principal: Principal, action: Action, budgetId?: string): void {
  if (may(principal, action, budgetId)) return;
  const takers = accessTable[action].map((role) => roleNames[role].toLowerCase());
  throw new RoleNeeded(
    `You may not ${actionWords[action]}: you need the role of ${takers.join(' or ')}. Ask the authority to grant it if you should have it.`,
  );
}

/** Whether the principal works for the authority itself, and so sees all of its budgets. */
export function seesWholeAuthority(principal: Principal): boolean {
  return principal.grants.some((grant) => grant.budgetId === null && inForce(grant, principal.today));
}
