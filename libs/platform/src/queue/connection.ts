import {
  createPostgresBackend,
  Queue,
  Worker,
  type ConnectionOptions,
  type Processor,
  type QueueOptions,
  type WorkerOptions,
} from 'bullmq';
import type { Config } from '../config.js';

export const queueName = 'ringfence';

type Store = Pick<Config, 'DATABASE_URL' | 'REDIS_URL'>;

/**
 * Where the queue is kept: Redis where REDIS_URL is set, else the PostgreSQL of DATABASE_URL, as a role that reaches
 * nothing but the queue's own schema.
 */
export function queueConnection(store: Store): ConnectionOptions {
  if (store.REDIS_URL) return { url: store.REDIS_URL, maxRetriesPerRequest: null };
  // BullMQ adds its search_path to these options; options in the URL would hide them.
  const url = new URL(store.DATABASE_URL);
  const given = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.toString(),
    options: `${given ? `${given} ` : ''}-c role=ringfence_queue`,
    schema: 'bullmq',
    migrate: true,
  } as ConnectionOptions;
}

/** The queue on its store. It connects by itself; `waitUntilReady` says when. */
export function openQueue(store: Store, options: Omit<QueueOptions, 'connection'> = {}): Queue {
  return new Queue(queueName, { ...options, connection: queueConnection(store) }, backendOf(store));
}

/** A worker on the same store. It takes no job before `run()`. */
export function openWorker(store: Store, processor: Processor, options: Omit<WorkerOptions, 'connection'>): Worker {
  const complete = { ...options, autorun: false, connection: queueConnection(store) };
  return new Worker(queueName, processor, complete, backendOf(store));
}

/** Undefined is BullMQ's own, Redis. Its types tell a queue's store apart; to us the two are one. */
function backendOf(store: Store): undefined {
  return (store.REDIS_URL ? undefined : createPostgresBackend) as undefined;
}
