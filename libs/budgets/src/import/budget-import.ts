import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { checkRows } from './check-rows.js';
import { ImportFaults } from './import-faults.js';
import { readImportFile } from './read-file.js';
import { resolveRows } from './resolve-rows.js';
import { writeRows, type ImportCounts } from './write-rows.js';

export interface BudgetImportReport extends ImportCounts {
  readonly accepted: true;
  readonly rows: number;
}

/** A council's budgets from one CSV file, all or nothing. */
@Injectable()
export class BudgetImport {
  constructor(private readonly database: Database) {}

  /**
   * Throws `import-refused` with every fault of the file, by line and column. The same file under the same key gets
   * the first answer; a budget that is recorded already is a fault. The request's payload is the file, whatever the
   * caller put there.
   */
  async importBudgets(
    principal: Principal,
    file: Uint8Array | string,
    request: Omit<IdempotentRequest, 'payload'>,
  ): Promise<BudgetImportReport> {
    authorise(principal, 'budgets.write');
    authorise(principal, 'people.write');
    const fileRows = readImportFile(file);
    const faults = new ImportFaults();
    const rows = checkRows(fileRows, faults);
    const payload = createHash('sha256').update(file).digest('hex');
    return this.database.once(contextOf(principal), { ...request, payload }, async (tx) => {
      const found = faults.copy();
      const known = await resolveRows(tx, rows, found, rows.length === fileRows.length);
      found.refuse(fileRows.length);
      return { accepted: true as const, rows: fileRows.length, ...(await writeRows(tx, principal, rows, known)) };
    });
  }
}
