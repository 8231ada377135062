import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { longDate, newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { type CsvProfile, type ParseOutcome, profileFromJson, statementFormats } from '@ringfence/statement-files';
import { StatementReader } from '../reading/statement-reader.js';
import {
  insertProfile,
  lockProfiles,
  profilesInUse,
  readProfiles,
  retireProfile,
  type StatementProfileRow,
} from './statement-profiles.sql.js';

/** Layouts in use at once; each is tried on every CSV file that arrives. */
export const statementProfilesMax = 50;
/** A file to try a layout on. */
export const profileSampleBytesMax = 1024 * 1024;

/**
 * The layouts of statement files that an authority describes itself: a prepaid card's export, a small bank's. A layout is
 * never edited: a further version takes its place, and an import remembers which version read it.
 */
@Injectable()
export class StatementProfiles {
  constructor(
    private readonly database: Database,
    private readonly reader: StatementReader,
  ) {}

  /** Adds a layout, or the next version of the one that has its name. It reads every file from then on. */
  async add(
    principal: Principal,
    input: { readonly profile: unknown; readonly reasons: string },
    request: IdempotentRequest,
  ): Promise<{ id: string; name: string; version: number }> {
    authorise(principal, 'statement-profiles.set');
    const profile = checkedProfile(input.profile);
    return this.database.once(contextOf(principal), request, async (tx) => {
      await lockProfiles(tx);
      const others = (await profilesInUse(tx)).filter((one) => one.profile.name !== profile.name);
      if (others.length >= statementProfilesMax) {
        const message = `There are ${others.length} layouts in use, the most there may be: retire one first.`;
        throw new Problem('conflict', message);
      }
      const same = others.find((one) => readsTheSame(one.profile, profile));
      if (same) {
        const message = `/profile/header is that of the layout "${same.profile.name}", with the same dates: no file could tell them apart, so add a version of that one.`;
        throw Problem.field('/profile/header', message);
      }
      const [newest] = await readProfiles(tx, { name: profile.name });
      const [id, version] = [newId(), (newest?.version ?? 0) + 1];
      await insertProfile(tx, { id, version, profile, reasons: input.reasons });
      return { id, name: profile.name, version };
    });
  }

  /** Every version, by name and the newest first. */
  async list(principal: Principal): Promise<StatementProfileRow[]> {
    authorise(principal, 'statement-profiles.read');
    return this.database.transaction(contextOf(principal), (tx) => readProfiles(tx, {}));
  }

  async view(principal: Principal, id: string): Promise<StatementProfileRow> {
    authorise(principal, 'statement-profiles.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const [held] = await readProfiles(tx, { id });
      if (!held) throw notThere(id);
      return held;
    });
  }

  /** Lets a layout read no file from a day on, today or later. What it has read stays as it was read. */
  async retire(
    principal: Principal,
    id: string,
    retiredOn: CalendarDate,
    request: IdempotentRequest,
  ): Promise<{ id: string; retiredOn: CalendarDate }> {
    authorise(principal, 'statement-profiles.set');
    if (retiredOn < principal.today) {
      const message = `/retiredOn is ${retiredOn}: a layout retires today (${principal.today}) or later, as files have been read by it until now.`;
      throw Problem.field('/retiredOn', message);
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      await lockProfiles(tx);
      const [held] = await readProfiles(tx, { id });
      if (!held) throw notThere(id);
      if (held.replaced) {
        const message = `Version ${held.version} of "${held.name}" was replaced by a later one and reads nothing: retire that one.`;
        throw new Problem('conflict', message);
      }
      if (held.retiredOn !== null && held.retiredOn <= principal.today) {
        throw new Problem('conflict', `The layout "${held.name}" retired on ${longDate(held.retiredOn)} already.`);
      }
      await retireProfile(tx, id, retiredOn);
      return { id, retiredOn };
    });
  }

  /** Refuses whose role tries no layouts, before anything of a sample is read. */
  authoriseTrial(principal: Principal): void {
    authorise(principal, 'statement-profiles.set');
  }

  /** Reads a sample by a layout as it stands and records nothing: what it would be read as, or the refusal. */
  async try(
    principal: Principal,
    input: { readonly profile: unknown; readonly bytes: Uint8Array },
  ): Promise<ParseOutcome> {
    authorise(principal, 'statement-profiles.set');
    const profile = checkedProfile(input.profile);
    // Named, so that a header that does not fit is answered with what was expected.
    return this.reader.readFile(input.bytes, { profiles: [profile], profile: profile.name });
  }
}

/** The profile, or a refusal with every fault at its field under `/profile`. */
function checkedProfile(value: unknown): CsvProfile {
  if (typeof value !== 'object' || value === null) {
    throw Problem.field(
      '/profile',
      '/profile is no JSON object: send the layout as docs/reference/statement-profiles.md describes it.',
    );
  }
  const read = profileFromJson(value);
  if ('profile' in read) {
    const { name } = read.profile;
    const taken = statementFormats.some(
      (format) => format.name !== 'csv' && format.name !== 'xlsx' && format.profileNames({}).includes(name),
    );
    if (!taken) return read.profile;
    throw Problem.field(
      '/profile/name',
      `/profile/name is "${name}", which is the name of a layout that is no CSV: choose another.`,
    );
  }
  const errors = read.faults.map((fault) => {
    const pointer = /^\/\S+/.exec(fault)?.[0];
    const whole = pointer === undefined ? fault.replace(/^The profile/, '/profile') : `/profile${fault}`;
    return { pointer: `/profile${pointer ?? ''}`, message: whole };
  });
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more faults under "errors".` : '';
  throw new Problem('invalid-request', errors[0]!.message + more, { errors });
}

/** Whether every file that fits one fits the other too, so that neither could ever be chosen. */
function readsTheSame(one: CsvProfile, other: CsvProfile): boolean {
  const signature = ({ header, delimiter, dates, headless }: CsvProfile): string =>
    JSON.stringify([
      headless ? header.length : header.map((name) => name.trim().toLowerCase()),
      delimiter ?? ',',
      [...dates].sort(),
      headless ?? false,
    ]);
  return signature(one) === signature(other);
}

function notThere(id: string): Problem {
  return new Problem('not-found', `There is no statement profile ${id} of this authority.`);
}
