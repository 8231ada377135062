import type { Logger } from '@nestjs/common';
import type { JobFailure } from '@ringfence/platform';

/** A job that will be tried again is a warning; one that is given up, or trouble outside of jobs, is an error. */
export function logFailure(logger: Logger, { error, job, final }: JobFailure): void {
  const [text, stack] = error instanceof Error ? [error.message, error.stack] : [String(error), undefined];
  if (!job) return logger.error(text, { stack });
  const { name, id, authorityId, attempt } = job;
  const facts = { job: name, jobId: id, authorityId, attempt, final, stack };
  if (final) logger.error(text, facts);
  else logger.warn(text, facts);
}
