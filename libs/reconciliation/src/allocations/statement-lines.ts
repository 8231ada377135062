import { Injectable } from '@nestjs/common';
import { authorise, authoriseList, contextOf, type Principal } from '@ringfence/identity';
import { Problem } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import { readLines, type LineFilter, type LineRow } from './statement-lines.sql.js';

/** Statement lines with what is known of each: what it was for, what is suggested, and what the rules say. */
@Injectable()
export class StatementLines {
  constructor(private readonly database: Database) {}

  /** Newest first; asked for one more than `limit`, so that the caller can tell whether there is another page. */
  async list(principal: Principal, filter: LineFilter): Promise<LineRow[]> {
    authoriseList(principal, 'statements.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      readLines(tx, { ...filter, limit: filter.limit + 1 }),
    );
  }

  async view(principal: Principal, id: string): Promise<LineRow> {
    authorise(principal, 'statements.read');
    const [line] = await this.database.transaction(contextOf(principal), (tx) => readLines(tx, { id, limit: 1 }));
    if (!line) throw new Problem('not-found', `There is no statement line ${id} that you can see.`);
    return line;
  }
}
