import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Clock, Problem } from '@ringfence/kernel';
import { Database, type Transaction } from '@ringfence/platform';
import { policyInForce, type PolicyVersion } from '../engine/rule.js';
import { nationalPolicy } from './national-policy.js';
import { policiesOf } from './policies.js';
import { readPolicyVersions, type PolicyVersionRow } from './policy-versions.sql.js';
import { policyDifference, policyWith, type RuleDifference } from './policy.js';

/** An authority's own versions of the spending policy, and the rules that each comes to. */
@Injectable()
export class PolicyVersions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The authority's own versions, newest day first. */
  async list(principal: Principal): Promise<PolicyVersionRow[]> {
    authorise(principal, 'policy.read');
    return this.database.transaction(contextOf(principal), (tx) => readPolicyVersions(tx, {}));
  }

  /** A version with all its rules; `national` is the national set, `current` what holds today. */
  async view(principal: Principal, id: string): Promise<PolicyVersion> {
    authorise(principal, 'policy.read');
    return this.database.transaction(contextOf(principal), (tx) => this.versionNamed(tx, id));
  }

  /** What changes from one version to another. */
  async difference(principal: Principal, olderId: string, newerId: string): Promise<RuleDifference[]> {
    authorise(principal, 'policy.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const [older, newer] = [await this.versionNamed(tx, olderId), await this.versionNamed(tx, newerId)];
      return policyDifference(older, newer);
    });
  }

  private async versionNamed(tx: Transaction, id: string): Promise<PolicyVersion> {
    if (id === 'national') return nationalPolicy.written();
    if (id === 'current') return policyInForce(await policiesOf(tx), this.clock.today()).written();
    const { name, validFrom, changes } = await versionRow(tx, id);
    return policyWith({ id, name, validFrom }, changes).written();
  }
}

export async function versionRow(tx: Transaction, id: string): Promise<PolicyVersionRow> {
  const [held] = await readPolicyVersions(tx, { id });
  if (!held) throw new Problem('not-found', `There is no policy version ${id} of this authority.`);
  return held;
}
