import { longDate, Problem, requireDate } from '@ringfence/kernel';
import { nationalPolicy, policyChangesJson, policyWith, refuseChanges, type RuleSet } from '@ringfence/spending-rules';
import { readFile } from 'node:fs/promises';
import { openApiClient } from '../api-client/api-client.js';

export interface PolicyOptions {
  readonly authority?: string;
  readonly policy?: string;
}

/**
 * The national set, and over it the authority's own versions: asked of the API under `--authority`, or read from a file,
 * which holds one version (`{"name","validFrom","changes"}`), a list of them, or the API's own `GET /v1/policy-versions`.
 */
export async function knownPolicies({ authority, policy }: PolicyOptions): Promise<readonly RuleSet[]> {
  if (authority !== undefined && policy !== undefined) {
    throw new Problem(
      'invalid-request',
      'Both --authority and --policy are given: a check is made by one policy, so leave one out.',
    );
  }
  if (policy !== undefined) return withVersions(await fileOf(policy), policy);
  if (authority === undefined) return [nationalPolicy];
  return withVersions(await openApiClient(authority).get<unknown>('/v1/policy-versions'), 'The API');
}

/** `from` names the file, or the API, in a refusal. */
export function withVersions(input: unknown, from: string): readonly RuleSet[] {
  const given = isObject(input) && Array.isArray(input['items']) ? (input['items'] as unknown[]) : input;
  const versions = (Array.isArray(given) ? (given as unknown[]) : [given]).filter(
    (one) => !(isObject(one) && one['withdrawnAt'] != null),
  );
  const own = versions.map((one, place) => versionOf(one, `${from}, version ${place + 1}`));
  const days = own.map(({ validFrom }) => validFrom);
  const twice = days.find((day, place) => days.indexOf(day) !== place);
  if (twice !== undefined) {
    throw new Problem(
      'invalid-request',
      `${from} has two versions that begin on ${longDate(twice)}: one version begins on a day.`,
    );
  }
  return [nationalPolicy, ...own];
}

function versionOf(input: unknown, at: string): RuleSet {
  if (!isObject(input))
    throw new Problem('invalid-request', `${at} is no object: write {"name","validFrom","changes"}.`);
  const { id, name, validFrom, changes } = input;
  try {
    const read = policyChangesJson(changes);
    refuseChanges(read);
    const day = requireDate(validFrom, '/validFrom');
    const called = typeof name === 'string' && name !== '' ? name : `Policy from ${day}`;
    return policyWith({ id: typeof id === 'string' ? id : `from-${day}`, name: called, validFrom: day }, read);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('invalid-request', `${at}: ${error.message}`, { errors: error.errors, cause: error });
  }
}

async function fileOf(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Problem('import-refused', `${path} cannot be read (${code}): give the path of a file that can be.`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new Problem(
      'malformed-request',
      `${path} is not JSON: write the versions of the policy as the API answers them.`,
    );
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
