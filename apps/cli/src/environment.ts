import { projectFolder } from '@ringfence/platform';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The whole environment, for the configuration to be read from and for child processes to be given. Data is kept in
 * the project's folder wherever the command is typed.
 */
export function environment(): Environment {
  // eslint-disable-next-line no-restricted-properties -- children are handed the environment whole, not settings of ours
  const given = process.env;
  return { ...given, RINGFENCE_DATA: given['RINGFENCE_DATA'] || join(projectFolder(), '.ringfence') };
}
