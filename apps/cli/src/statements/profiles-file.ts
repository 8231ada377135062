import { type CsvProfile, profileFromJson } from '@ringfence/statement-files';
import { readFile } from 'node:fs/promises';

/** A file of profiles that cannot be used: a sentence for standard error. */
export class ProfilesRefused extends Error {}

/** The profiles in a JSON file, which holds one or a list of them. Refuses with every fault, a line each. */
export async function profilesIn(path: string): Promise<CsvProfile[]> {
  const value = parsed(path, await readFile(path, 'utf8').catch((error: unknown) => unreadable(path, error)));
  const profiles: CsvProfile[] = [];
  const faults: string[] = [];
  for (const [at, one] of (Array.isArray(value) ? value : [value]).entries()) {
    const read = profileFromJson(one);
    if ('profile' in read) profiles.push(read.profile);
    else faults.push(...read.faults.map((fault) => `${path}: ${Array.isArray(value) ? inList(fault, at) : fault}`));
  }
  if (faults.length > 0) throw new ProfilesRefused(faults.join('\n'));
  return profiles;
}

function inList(fault: string, at: number): string {
  return fault.startsWith('/') ? `/${at}${fault}` : fault.replace(/^The profile/, `/${at}`);
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProfilesRefused(
      `${path} is no JSON (${(error as Error).message}): give it one profile, or a list of them.`,
    );
  }
}

function unreadable(path: string, error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  throw new ProfilesRefused(`${path} could not be read (${code}): check its name and that you may read it.`);
}
