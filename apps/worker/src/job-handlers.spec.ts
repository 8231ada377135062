import { Injectable, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { HandlesJob, jobNames, type JobName } from '@ringfence/platform';
import { JobHandlersOfModules } from './job-handlers.js';

/** A provider that handles one job, and says by which of its fields it was called. */
function handlerOf(name: JobName): new () => { readonly heard: unknown[] } {
  @Injectable()
  class Handler {
    readonly heard: unknown[] = [];

    @HandlesJob(name)
    async run(payload: object): Promise<void> {
      this.heard.push(payload);
    }
  }
  return Handler;
}

async function handlersWith(providers: readonly (new () => object)[]) {
  @Module({ imports: [DiscoveryModule], providers: [JobHandlersOfModules, ...providers] })
  class Jobs {}
  const app = await NestFactory.createApplicationContext(Jobs, { logger: false, abortOnError: false });
  return { app, handlers: app.get(JobHandlersOfModules) };
}

describe('The handlers of jobs', () => {
  it('are the marked methods of the providers, each called on its own provider', async () => {
    const classes = jobNames.map(handlerOf);
    const { app, handlers } = await handlersWith(classes);
    const found = handlers.find();
    expect(Object.keys(found).sort()).toEqual([...jobNames].sort());
    const payload = { authorityId: 'a', lineId: 'l' };
    await found['assess-line'](payload);
    const heard = classes.map((one) => app.get<{ heard: unknown[] }>(one).heard);
    expect(heard.flat()).toEqual([payload]);
    expect(heard[jobNames.indexOf('assess-line')]).toEqual([payload]);
  });

  it('are refused where a job has none, or two', async () => {
    const without = await handlersWith(jobNames.slice(1).map(handlerOf));
    expect(() => without.handlers.find()).toThrow(`No provider handles the jobs ${jobNames[0]}.`);
    const twice = await handlersWith([...jobNames, jobNames[0]!].map(handlerOf));
    expect(() => twice.handlers.find()).toThrow(`Two providers handle the job ${jobNames[0]}.`);
  });
});
