/** The ledger in memory: what the database must answer to everything that it is asked. Months are `YYYY-MM`. */
export interface ModelDraft {
  readonly book: number;
  readonly key: string;
  /** All that a repeat must repeat, but the effective date. */
  readonly payload: string;
  readonly day: string;
  readonly late: boolean;
  readonly entries: readonly (readonly [account: string, pence: bigint])[];
  readonly reverses?: ModelJournal;
  /** Why the database must refuse it, when nothing before that is wrong. */
  readonly fault?: string;
}

export interface ModelJournal extends ModelDraft {
  readonly sequence: bigint;
  readonly at: number;
  id?: string;
}

export type Reply = { readonly refused: string } | { readonly posted: readonly (readonly [ModelJournal, boolean])[] };

export class LedgerModel {
  readonly journals: ModelJournal[] = [];
  readonly balances = new Map<string, bigint>();
  openFrom = '';
  private readonly keys = new Map<string, ModelJournal>();
  private readonly reversed = new Set<ModelJournal>();
  private readonly usedMonths = new Set<string>();
  private readonly heads: bigint[] = [];

  post(drafts: readonly ModelDraft[], at: number): Reply {
    // What does not balance is refused before anything is looked up.
    if (drafts.some(({ fault }) => fault === 'journal-unbalanced')) return { refused: 'journal-unbalanced' };
    const known = drafts.map((draft) => this.keys.get(`${draft.book} ${draft.key}`));
    const differs = (draft: ModelDraft, first: ModelJournal | undefined): boolean =>
      first !== undefined && (first.payload !== draft.payload || (!draft.late && first.day !== draft.day));
    if (drafts.some((draft, order) => differs(draft, known[order]))) return { refused: 'idempotency-key-reused' };
    const fresh = drafts.filter((_, order) => !known[order]);
    if (fresh.some(({ reverses }) => reverses && this.reversed.has(reverses)))
      return { refused: 'journal-already-reversed' };
    if (fresh.some(({ late, day }) => !late && day.slice(0, 7) < this.openFrom)) return { refused: 'period-closed' };
    const fault = fresh.find((draft) => draft.fault)?.fault;
    if (fault) return { refused: fault };
    return {
      posted: drafts.map((draft, order) => (known[order] ? [known[order], true] : [this.add(draft, at), false])),
    };
  }

  close(month: string, thisMonth: string): string | undefined {
    if (month < this.openFrom) return 'period-closed';
    if (month >= thisMonth) return 'conflict';
    if ([...this.usedMonths].some((used) => used >= this.openFrom && used < month)) return 'conflict';
    this.openFrom = followingMonth(month);
    return undefined;
  }

  reopen(month: string): string | undefined {
    if (followingMonth(month) !== this.openFrom) return 'conflict';
    this.openFrom = month;
    this.usedMonths.add(month);
    return undefined;
  }

  /** The balances of a book at the end of a day, by what had been recorded at a time. */
  balancesAt(book: number, day: string, at = Infinity): Map<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const journal of this.journals) {
      if (journal.book !== book || journal.day > day || journal.at > at) continue;
      for (const [account, pence] of journal.entries) sums.set(account, (sums.get(account) ?? 0n) + pence);
    }
    return sums;
  }

  private add(draft: ModelDraft, at: number): ModelJournal {
    const sequence = (this.heads[draft.book] ?? 0n) + 1n;
    const firstOpen = this.openFrom && `${this.openFrom}-01`;
    const journal = { ...draft, day: draft.late && draft.day < firstOpen ? firstOpen : draft.day, sequence, at };
    this.heads[draft.book] = sequence;
    this.journals.push(journal);
    this.keys.set(`${draft.book} ${draft.key}`, journal);
    this.usedMonths.add(journal.day.slice(0, 7));
    if (draft.reverses) this.reversed.add(draft.reverses);
    for (const [account, pence] of draft.entries) {
      const place = `${draft.book} ${account}`;
      this.balances.set(place, (this.balances.get(place) ?? 0n) + pence);
    }
    return journal;
  }
}

export function followingMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
