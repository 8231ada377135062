import { Injectable } from '@nestjs/common';
import { authorise, authoriseList, contextOf, rolesOn, shownFields, type Principal } from '@ringfence/identity';
import { Problem } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import { readApprovals, type ApprovalFilter, type ApprovalRow } from './exception-approvals.sql.js';

/** Written exceptions to spending rules, as they are shown to whoever may read them. */
@Injectable()
export class ExceptionApprovals {
  constructor(private readonly database: Database) {}

  /** Newest first; asked for one more than `limit`, so that the caller can tell whether there is another page. */
  async list(principal: Principal, filter: ApprovalFilter & { readonly limit: number }): Promise<ShownApproval[]> {
    authoriseList(principal, 'exceptions.read', filter.budgetId);
    const rows = await this.database.transaction(contextOf(principal), (tx) =>
      readApprovals(tx, { ...filter, shown: true, limit: filter.limit + 1 }),
    );
    return rows.map((row) => shownApproval(principal, row));
  }

  async view(principal: Principal, id: string): Promise<ShownApproval> {
    authorise(principal, 'exceptions.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const [found] = await readApprovals(tx, { id, shown: true });
      if (!found) throw new Problem('not-found', `There is no exception approval ${id} that you can see.`);
      return shownApproval(principal, found);
    });
  }
}

/** An exception as it is shown: a bureau does not get why, and by whom, somebody may be paid. */
export type ShownApproval = Omit<ApprovalRow, ForOfficersAndFamilies> &
  Partial<Pick<ApprovalRow, ForOfficersAndFamilies>>;
type ForOfficersAndFamilies =
  'approverId' | 'approverName' | 'approverRelationship' | 'reasons' | 'evidence' | 'endReasons';

function shownApproval(principal: Principal, row: ApprovalRow): ShownApproval {
  return shownFields('ExceptionApproval', rolesOn(principal, row.budgetId), row);
}
