import { SetMetadata } from '@nestjs/common';
import type { JobName, JobPayloads } from './outbox.js';

export const handledJobKey = 'ringfence:job';

/**
 * Marks the method of a provider that does a job. It must be idempotent: a worker may die between the effect and the
 * record of it. The worker finds the marked methods of all providers that its modules hold.
 */
export function HandlesJob<Name extends JobName>(name: Name) {
  return <Method extends (payload: JobPayloads[Name] & { authorityId: string }) => Promise<void>>(
    target: object,
    key: string,
    method: TypedPropertyDescriptor<Method>,
  ): void => void SetMetadata(handledJobKey, name)(target, key, method);
}
