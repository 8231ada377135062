import { Problem } from '@ringfence/kernel';
import { accessTable, type Action } from './domain/access.js';
import { inForce, type Role } from './domain/roles.js';
import { authorise, may, type Principal } from './principal.js';

/** The roles in force on a budget: those for it, and those over the whole authority. */
export function rolesOn(principal: Principal, budgetId: string): Role[] {
  const grants = principal.grants.filter(
    (grant) => inForce(grant, principal.today) && (grant.budgetId === null || grant.budgetId === budgetId),
  );
  return [...new Set(grants.map(({ role }) => role))];
}

/** The budgets on which the principal may do something: all of the authority, or those of its grants. */
export function readableBudgets(principal: Principal, action: Action): 'all' | string[] {
  const allowed: readonly Role[] = accessTable[action];
  const grants = principal.grants.filter((grant) => inForce(grant, principal.today) && allowed.includes(grant.role));
  if (grants.some(({ budgetId }) => budgetId === null)) return 'all';
  return [...new Set(grants.flatMap(({ budgetId }) => budgetId ?? []))];
}

/** A condition of SQL that says the same of a column, where a list shows less than row-level security lets it compute with. */
export function readableSql(action: Action, column: string): string {
  return `((SELECT sees_all_for('${action}')) OR ${column} = ANY ((SELECT budgets_for('${action}'))::uuid[]))`;
}

/**
 * Like {@link authorise} for a budget that the request names. Somebody without a role on it is told what is said of a
 * budget that nobody has: `not-found`, or the fault of the field that `pointer` names. `not-permitted` is for a budget
 * that the principal sees; and for a field of a request that is for none of the principal's roles, whatever it names.
 */
export function authoriseOn(principal: Principal, action: Action, budgetId: string, pointer?: string): void {
  if (may(principal, action, budgetId)) return;
  const sees = rolesOn(principal, budgetId).length > 0;
  if (sees || (pointer !== undefined && !may(principal, action))) authorise(principal, action, budgetId);
  const message = `There is no budget ${budgetId} that you can see.`;
  throw pointer === undefined ? new Problem('not-found', message) : Problem.field(pointer, message);
}

/** For a list that may be asked for one budget, in the field `budgetId`, or for all that the principal may read. */
export function authoriseList(principal: Principal, action: Action, budgetId: string | undefined): void {
  if (budgetId === undefined) authorise(principal, action);
  else authoriseOn(principal, action, budgetId, '/budgetId');
}
