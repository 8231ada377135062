import { decimalText } from '@ringfence/kernel';
import type { DemoApiClient } from '../api-client.js';
import type { FamilyContext } from '../context.js';
import type { Movement } from '../scenario.js';

/** A statement line as the API shows it, as far as the demo looks at it. */
export interface LineAnswer {
  readonly id: string;
  readonly kind: 'LINE' | 'OPENING_BALANCE';
  readonly date: string;
  readonly amount: string;
  readonly description: string;
  readonly state: 'OPEN' | 'PART' | 'ALLOCATED';
  readonly verdict: 'allowed' | 'query' | 'excluded' | null;
  readonly receipts: number | readonly unknown[];
  readonly suggestions: readonly {
    readonly id: string;
    readonly targetType: string;
    readonly targetId: string;
    readonly score: number;
  }[];
}

export type LinesByMovement = ReadonlyMap<string, LineAnswer>;

/** Finds each movement's line. Lines of one day and amount are told apart by the bank's words, then by their order. */
export async function linesByMovement(client: DemoApiClient, { family, ids }: FamilyContext): Promise<LinesByMovement> {
  const lines = await client.all<LineAnswer>(`/v1/statement-lines?designatedAccountId=${ids.accountId}`);
  const open = new Map<string, LineAnswer[]>();
  for (const line of lines.filter(({ kind }) => kind === 'LINE')) {
    const key = `${line.date} ${line.amount}`;
    open.set(key, [...(open.get(key) ?? []), line]);
  }
  const found = new Map<string, LineAnswer>();
  for (const movement of family.movements) {
    const same = open.get(`${movement.date} ${decimalText(movement.amountPence)}`) ?? [];
    const at = same.findIndex(({ description }) => named(description, movement));
    if (at >= 0) found.set(movement.key, same.splice(at, 1)[0]!);
  }
  return found;
}

function named(description: string, { who }: Movement): boolean {
  const plain = (text: string): string => text.toUpperCase().replace(/\s+/g, ' ').trim();
  return plain(description).includes(plain(who).slice(0, 32).trim());
}
