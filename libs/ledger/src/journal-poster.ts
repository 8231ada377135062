import { Injectable } from '@nestjs/common';
import { Problem } from '@ringfence/kernel';
import { Database, postgresCode, type TenantContext } from '@ringfence/platform';
import { checkNewJournals, type NewJournal } from './domain/journal.js';
import { postJournals, type PostedJournal } from './post.js';

/** Journals that go together in one transaction, at most: more would keep the first of them waiting for the last. */
export const journalsPerGroupMax = 50;

/** Groups of one principal under way at once, at most: while one waits for its commit, the server works on the other. */
export const groupsAtOnceMax = 2;

/**
 * Posts single journals, each whole in itself, for a use case that writes nothing else. Whoever comes while others of
 * the same principal are being committed goes with the next group, in one call and one commit; a journal that comes
 * alone is posted at once and waits for nobody. To the caller nothing shows: each is answered when its own journal is
 * durable, and refused for its own faults alone.
 *
 * No use case posts a single journal and nothing else yet. It is kept for corrections of pay runs and for recoveries.
 */
@Injectable()
export class JournalPoster {
  private readonly queues = new Map<string, Queue>();

  constructor(private readonly database: Database) {}

  /** Refuses as {@link postJournals} does, with pointers that begin at `/0`. */
  async post(context: TenantContext, draft: NewJournal): Promise<PostedJournal> {
    checkNewJournals([draft]);
    const { authorityId, principal } = context;
    const name = `${authorityId} ${principal.kind} ${principal.id}`;
    const queue = this.queues.get(name) ?? { waiting: [], underWay: 0 };
    this.queues.set(name, queue);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ draft, resolve, reject });
      if (queue.underWay < groupsAtOnceMax) void this.work(context, name, queue);
    });
  }

  /** Takes group after group until nobody waits. Never rejects: each caller gets its own error. */
  private async work(context: TenantContext, name: string, queue: Queue): Promise<void> {
    queue.underWay += 1;
    // Those who ask in the same moment go together.
    await Promise.resolve();
    for (let group = nextGroup(queue); group.length > 0; group = nextGroup(queue)) await this.postGroup(context, group);
    queue.underWay -= 1;
    if (queue.underWay === 0) this.queues.delete(name);
  }

  private async postGroup(context: TenantContext, group: readonly Waiting[]): Promise<void> {
    try {
      const drafts = group.map(({ draft }) => draft);
      const posted = await this.database.transaction(context, (tx) => postJournals(tx, drafts));
      group.forEach(({ resolve }, order) => resolve(posted[order]!));
    } catch (error) {
      if (group.length === 1 || !spoiltByOne(error)) return group.forEach(({ reject }) => reject(error));
      // Nothing was posted: each on its own, so that the refusal reaches the one whose fault it is.
      for (const one of group) await this.postGroup(context, [one]);
    }
  }
}

/** The database said no to something in the group; a lost connection would only be lost again for each. */
function spoiltByOne(error: unknown): boolean {
  return error instanceof Problem || postgresCode(error) !== undefined;
}

interface Waiting {
  readonly draft: NewJournal;
  resolve(posted: PostedJournal): void;
  reject(error: unknown): void;
}

interface Queue {
  waiting: Waiting[];
  underWay: number;
}

/** The first who wait; a key that comes twice stays for a later group, to be answered as the repeat that it is. */
function nextGroup(queue: Queue): Waiting[] {
  const keys = new Set<string>();
  const group: Waiting[] = [];
  const later: Waiting[] = [];
  for (const one of queue.waiting) {
    const key = `${one.draft.bookId} ${one.draft.idempotencyKey}`;
    if (group.length >= journalsPerGroupMax || keys.has(key)) later.push(one);
    else {
      keys.add(key);
      group.push(one);
    }
  }
  queue.waiting = later;
  return group;
}
