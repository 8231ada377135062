import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { handledJobKey, jobNames, type JobHandlers, type JobName } from '@ringfence/platform';

type Handler = (payload: never) => Promise<void>;

/** Which provider does which job: the methods that are marked with `HandlesJob`, one for each job. */
@Injectable()
export class JobHandlersOfModules {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
  ) {}

  /** Throws where a job has no handler or two: a job that nobody does would only be missed in production. */
  find(): JobHandlers {
    const found = new Map<JobName, Handler>();
    const providers = new Set<object>();
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance === 'object' && instance !== null) providers.add(instance as object);
    }
    for (const provider of providers) {
      const own = provider as Record<string, Handler>;
      for (const key of this.methods.getAllMethodNames(Object.getPrototypeOf(provider) as object)) {
        const method = own[key]!;
        const name = Reflect.getMetadata(handledJobKey, method) as JobName | undefined;
        if (name === undefined) continue;
        if (found.has(name)) throw new Error(`Two providers handle the job ${name}.`);
        found.set(name, method.bind(provider));
      }
    }
    const missing = jobNames.filter((name) => !found.has(name));
    if (missing.length > 0) throw new Error(`No provider handles the jobs ${missing.join(', ')}.`);
    return Object.fromEntries(found) as unknown as JobHandlers;
  }
}
