import type { CalendarDate } from '@ringfence/kernel';
import { inForce, type Grant } from './roles.js';

/** As much of a principal as choosing needs. */
export interface Membership {
  readonly authorityId: string;
  readonly grants: readonly Grant[];
  /** The day on which the grants are read. */
  readonly today: CalendarDate;
}

/**
 * For which authority the bearer of an identity acts: the one that is named; else the only one that has given them a
 * role in force; else the only one that knows them at all. Undefined where somebody must say.
 */
export function chooseMembership<One extends Membership>(
  known: readonly One[],
  named?: string | null,
): One | undefined {
  if (named !== undefined && named !== null) return known.find(({ authorityId }) => authorityId === named);
  const acting = known.filter((one) => one.grants.some((grant) => inForce(grant, one.today)));
  const candidates = acting.length > 0 ? acting : known;
  return candidates.length === 1 ? candidates[0] : undefined;
}
