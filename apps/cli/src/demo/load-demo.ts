import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { authorityWithCode } from '@ringfence/identity';
import type { CalendarDate } from '@ringfence/kernel';
import { CommandFailure } from '../exit.js';
import { providerAccounts } from '../start/provider.js';
import { authorities, demoPassword, organisations } from './people.js';
import { concludeFirstReviews } from './steps/conclude-reviews.js';
import { importFamilies } from './steps/import-families.js';
import { openAuthorities } from './steps/open-authorities.js';
import { reportPayRuns, type RefusalMet } from './steps/report-pay-runs.js';
import { sendDocuments } from './steps/send-documents.js';
import { setUpFamily } from './steps/set-up-family.js';
import { settleLines } from './steps/settle-lines.js';
import { uploadStatements } from './steps/upload-statements.js';
import { DemoYear } from './demo-year.js';
import { demoFamilies } from './families/index.js';
import type { FamilyContext } from './context.js';
import { Tokens } from './sign-in.js';
import type { Family } from './scenario.js';

export interface DemoOptions {
  readonly apiUrl: string;
  readonly issuer: string;
  /** The owner's: only the two authorities are made with it. */
  readonly databaseUrl: string;
  /** Where the bundled provider keeps whom it lets in, and where the load remembers that it was done. */
  readonly dataFolder: string;
  readonly today: CalendarDate;
  /** A sentence of progress, or a family done: `done` of `total`. */
  readonly report: (progress: DemoProgress) => void;
  /** Once aborted, the load throws at its next request; it can be taken up again. */
  readonly stopping?: AbortSignal | undefined;
}

export interface DemoProgress {
  readonly sentence: string;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
}

export interface DemoSummary {
  /** Whether it was there already and nothing was done. */
  readonly already: boolean;
  readonly today: CalendarDate;
  readonly signIns: readonly {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly says: string;
  }[];
  readonly machines: readonly { readonly name: string; readonly clientId: string; readonly secret: string }[];
  readonly counts: DemoCounts;
  readonly refusals: readonly RefusalMet[];
}

export interface DemoCounts {
  families: number;
  budgets: number;
  statements: number;
  lines: number;
  payRuns: number;
  documents: number;
  accepted: number;
  manually: number;
  reviewsConcluded: number;
}

/** Families whose accounts are worked on at the same time. */
export const familiesAtOnceMax = 4;

/**
 * Loads the demo through the public API, each action as the person or the bureau who would do it; it takes about a
 * minute on two cores. Does nothing where it was loaded already; what was cut short is taken up where it stopped, for
 * the day on which it began. Wants the API, the worker and the bundled provider running.
 */
export async function loadDemo(options: DemoOptions): Promise<DemoSummary> {
  const { apiUrl, issuer, databaseUrl, dataFolder, report, stopping } = options;
  const memory = new LoadMemory(dataFolder);
  const held = await memory.read();
  const here = await authorityWithCode(databaseUrl, authorities[0]!.code);
  if (held?.summary && here === held.authorityId) return { ...held.summary, already: true };
  const begun = held !== undefined && ['', here].includes(held.authorityId);
  if (here !== undefined && !begun) {
    throw new CommandFailure(
      `The database has the demo’s council already, and ${dataFolder} does not remember it: use the data folder it was loaded with, or another database.`,
    );
  }
  const today = here !== undefined && begun ? held.today : options.today;
  const accounts = providerAccounts(dataFolder);
  const tokens = new Tokens(issuer, accounts);
  const year = new DemoYear(today);

  report({ sentence: 'The council and the ICB are opened.' });
  if (here === undefined) await memory.write({ authorityId: '', today });
  const context = await openAuthorities({ apiUrl, issuer, databaseUrl, accounts, tokens, stopping }, year);
  const authorityId = (await authorityWithCode(databaseUrl, authorities[0]!.code)) ?? '';
  await memory.write({ authorityId, today });

  const families = demoFamilies(year);
  report({ sentence: 'The finance officers record the families.' });
  const contexts: FamilyContext[] = [];
  for (const family of families.filter((each) => !isSmall(each))) contexts.push(await setUpFamily(context, family));
  for (const { key } of authorities) {
    const small = families.filter((family) => isSmall(family) && family.authority === key);
    contexts.push(...(await importFamilies(context, key, small)));
  }

  const counts = { ...noCounts, families: families.length, budgets: families.flatMap(({ budgets }) => budgets).length };
  const refusals: RefusalMet[] = [];
  let done = 0;
  report({ sentence: 'Bureaux, families and officers tell the year.', done, total: contexts.length });
  await inParallel(contexts, familiesAtOnceMax, async (of) => {
    const paid = await reportPayRuns(context, of);
    const statements = await uploadStatements(context, of);
    const documents = await sendDocuments(of);
    const settled = await settleLines(context, of);
    const reviews = isReviewed(of.family) ? await concludeFirstReviews(context, of) : 0;
    // Added up at once, after the last wait: the families are told side by side.
    refusals.push(...paid.refusals);
    counts.payRuns += paid.runs;
    counts.statements += statements;
    counts.documents += documents;
    counts.reviewsConcluded += reviews;
    counts.lines += of.family.movements.length;
    counts.accepted += settled.accepted;
    counts.manually += settled.manually;
    done += 1;
    report({ sentence: `${of.family.recipient.name}’s account`, done, total: contexts.length });
  });

  const summary = { already: false, today, ...cast(families), counts, refusals };
  await memory.write({ authorityId, today, summary });
  return summary;
}

const noCounts: DemoCounts = {
  families: 0,
  budgets: 0,
  statements: 0,
  lines: 0,
  payRuns: 0,
  documents: 0,
  accepted: 0,
  manually: 0,
  reviewsConcluded: 0,
};

function isSmall({ key }: Family): boolean {
  return key.startsWith('small-');
}

/** Some first reviews are still to be held: a list of reviews with nothing on it shows nothing. */
function isReviewed({ key }: Family): boolean {
  return !['fi', 'small-2', 'small-5', 'small-10'].includes(key);
}

function cast(families: readonly Family[]): Pick<DemoSummary, 'signIns' | 'machines'> {
  const people = [
    ...authorities.flatMap(({ approver, colleagues }) => [...colleagues, approver]),
    ...families.map(({ recipient }) => recipient),
    ...organisations.flatMap(({ person }) => person ?? []),
  ];
  return {
    signIns: people.flatMap(({ name, email, says }) =>
      email && says ? [{ name, email, password: demoPassword, says }] : [],
    ),
    machines: organisations.flatMap(({ name, client }) =>
      client ? [{ name, clientId: client.id, secret: client.secret }] : [],
    ),
  };
}

/** Begins nothing more once one has failed, and throws when what was begun has ended. */
async function inParallel<Item>(items: readonly Item[], atOnceMax: number, work: (item: Item) => Promise<void>) {
  const limit = pLimit({ concurrency: atOnceMax, rejectOnClear: true });
  const ends = await Promise.allSettled(
    items.map((item) =>
      limit(work, item).catch((error: unknown) => {
        limit.clearQueue();
        throw error;
      }),
    ),
  );
  // What was never begun comes after what failed.
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

interface Remembered {
  readonly authorityId: string;
  readonly today: CalendarDate;
  readonly summary?: DemoSummary;
}

/** `demo.json` in the data folder. It counts only for the database whose council it names. */
class LoadMemory {
  constructor(private readonly folder: string) {}

  async read(): Promise<Remembered | undefined> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return text === undefined ? undefined : (JSON.parse(text) as Remembered);
  }

  async write(remembered: Remembered): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const fresh = `${this.path}.${process.pid}.new`;
    await writeFile(fresh, `${JSON.stringify(remembered, null, 2)}\n`, { mode: 0o600 });
    await rename(fresh, this.path);
  }

  private get path(): string {
    return join(this.folder, 'demo.json');
  }
}
