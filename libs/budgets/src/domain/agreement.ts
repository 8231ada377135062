import type { CalendarDate } from '@ringfence/kernel';

export interface DatedVersion {
  readonly version: number;
  readonly validFrom: CalendarDate;
}

/** The version whose terms hold on a day: the latest that has begun. Undefined before the first. */
export function versionInForce<Version extends DatedVersion>(
  versions: readonly Version[],
  day: CalendarDate,
): Version | undefined {
  return versions
    .filter((version) => version.validFrom <= day)
    .reduce<Version | undefined>(
      (latest, version) => (latest && latest.validFrom > version.validFrom ? latest : version),
      undefined,
    );
}
