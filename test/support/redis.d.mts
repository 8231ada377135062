export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

export function startRedis(folder: string, port?: number): Promise<TestRedis | undefined>;
