import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { policyWith } from './policy.js';
import type { RuleSet } from '../engine/rule-set.js';
import { policyInForce } from '../engine/rule.js';
import { nationalPolicy } from './national-policy.js';
import { readPolicyVersions } from './policy-versions.sql.js';

export const policyVersionsKeptMax = 1_000;

/** A version is never edited, so that one reading of it serves every later transaction. */
const known = new Map<string, RuleSet>();

/** Every version that an authority may be assessed by: the national set, and its own over it from their days on. */
export async function policiesOf(tx: Transaction): Promise<RuleSet[]> {
  const own = (await readPolicyVersions(tx, {})).filter(({ withdrawnAt }) => withdrawnAt === null);
  if (known.size > policyVersionsKeptMax) known.clear();
  return [
    nationalPolicy,
    ...own.map(({ id, name, validFrom, changes }) => {
      let version = known.get(id);
      if (!version) known.set(id, (version = policyWith({ id, name, validFrom }, changes)));
      return version;
    }),
  ];
}

/** The authority's policy on the day of the service, whenever the assessment is made. */
export async function policyOn(tx: Transaction, day: CalendarDate): Promise<RuleSet> {
  return policyInForce(await policiesOf(tx), day);
}
