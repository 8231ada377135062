import { ConsoleLogger } from '@nestjs/common';
import type { Config } from '../config.js';
import { currentLogFacts } from './log-facts.js';

/** Nest's lines about its own start, one for each module and route: they are for debugging. */
const contextsOfStart = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);
const levels = ['fatal', 'error', 'warn', 'log', 'debug'] as const;

/**
 * Nest's JSON logger for every process: an object a line with `time`, `level`, `message`, `context`, the facts that the
 * call gives (`logger.warn('Slow.', { ms })`), and those of the request or job that it belongs to. Errors go to standard
 * error.
 */
export class JsonLogger extends ConsoleLogger {
  constructor(upTo: Config['LOG_LEVEL']) {
    super({ json: true, flattenParams: true, logLevels: levels.slice(0, levels.indexOf(upTo) + 1) });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (contextsOfStart.has(String(rest.at(-1)))) this.debug(message, ...rest);
    else super.log(message, ...rest);
  }

  protected override getJsonLogObject(
    message: unknown,
    options: Parameters<ConsoleLogger['getJsonLogObject']>[1],
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    const { timestamp, ...line } = super.getJsonLogObject(message, options);
    return { time: new Date(timestamp).toISOString(), ...line, ...currentLogFacts() } as unknown as ReturnType<
      ConsoleLogger['getJsonLogObject']
    >;
  }

  /** Without the driver's own fields: the detail of a refused row and the query quote what somebody sent. */
  protected override serializeError(error: Error): Record<string, unknown> {
    const { name, message, stack } = error;
    return { name, message, stack };
  }
}
