import { readConfig } from '@ringfence/platform';
import { ServiceProcess, type Service } from './service-process.js';
import type { StartContext } from './start-step.js';

const services: readonly Service[] = [
  { name: 'api', port: 'API_PORT' },
  { name: 'web', port: 'WEB_PORT' },
  { name: 'worker', port: 'WORKER_PORT' },
];

/**
 * Runs the services as children and waits until each is healthy. When one of them dies, the whole ends; in watch mode
 * the others go on, and it starts again with the next change.
 */
export async function runServices(context: StartContext): Promise<string> {
  const config = readConfig(context.environment);
  let running = false;
  const onEnd = (sentence: string): void => {
    if (running && context.options.watch) process.stderr.write(`${sentence}\n`);
    else context.fail(sentence);
  };
  const processes = services.map((service) => new ServiceProcess(service, config, context, onEnd));
  context.onStop(async () => void (await Promise.all(processes.map((service) => service.stop()))));
  processes.forEach((service) => service.start());
  await Promise.all(processes.map((service) => service.healthy()));
  running = true;
  if (context.options.watch) {
    const { watchSources } = await import('./watch-sources.js');
    context.onStop(watchSources(processes, context));
  }
  context.note(`Pages: ${config.WEB_URL}`);
  context.note(`API:   ${config.API_URL}/v1/openapi.json`);
  return services.map(({ name, port }) => `${name} on ${config[port]}`).join(', ');
}
