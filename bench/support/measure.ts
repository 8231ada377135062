import { readdirSync, readFileSync } from 'node:fs';

export interface Measure {
  readonly operations: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly msP50: number;
  readonly msP99: number;
  /** Processor time of this process and of the server's, per operation. */
  readonly clientCpuMs: number;
  readonly serverCpuMs: number;
}

export interface Load {
  readonly clients: number;
  readonly seconds: number;
  /** One operation of one client; `round` counts that client's operations. */
  readonly operation: (client: number, round: number) => Promise<unknown>;
}

/** Lets `clients` repeat the operation, each waiting for its answer, until the time is over. */
export async function measure(load: Load): Promise<Measure> {
  const times: number[] = [];
  const [clientBefore, serverBefore, began] = [process.cpuUsage(), serverCpuMs(), performance.now()];
  const until = began + load.seconds * 1000;
  const client = async (number: number): Promise<void> => {
    for (let round = 0; performance.now() < until; round += 1) {
      const started = performance.now();
      await load.operation(number, round);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: load.clients }, (_, number) => client(number)));
  const seconds = (performance.now() - began) / 1000;
  const spent = process.cpuUsage(clientBefore);
  times.sort((a, b) => a - b);
  const operations = times.length;
  return {
    operations,
    seconds,
    perSecond: operations / seconds,
    msP50: percentile(times, 0.5),
    msP99: percentile(times, 0.99),
    clientCpuMs: (spent.user + spent.system) / 1000 / operations,
    serverCpuMs: (serverCpuMs() - serverBefore) / operations,
  };
}

/** Several measures of the same thing, taken in turn with others, as one: rates are the median, times the largest. */
export function summary(rounds: readonly Measure[]): Measure {
  const middle = (of: (one: Measure) => number): number =>
    percentile(
      rounds.map(of).sort((a, b) => a - b),
      0.5,
    );
  return {
    operations: rounds.reduce((sum, one) => sum + one.operations, 0),
    seconds: rounds.reduce((sum, one) => sum + one.seconds, 0),
    perSecond: middle((one) => one.perSecond),
    msP50: middle((one) => one.msP50),
    msP99: Math.max(...rounds.map((one) => one.msP99)),
    clientCpuMs: middle((one) => one.clientCpuMs),
    serverCpuMs: middle((one) => one.serverCpuMs),
  };
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const tickMs = 10;

let postmasterPid: number | undefined;

/** From now on, server time is that of the server of this backend, by /proc; NaN where there is none. */
export function watchServerOf(backendPid: number): void {
  try {
    postmasterPid = Number(fieldsOf(String(backendPid))[1]);
  } catch {
    postmasterPid = undefined;
  }
}

function fieldsOf(pid: string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Of the server's children, those that have ended included. */
function serverCpuMs(): number {
  if (postmasterPid === undefined) return Number.NaN;
  let ticks = 0;
  try {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      try {
        const fields = fieldsOf(pid);
        if (Number(pid) === postmasterPid) ticks += Number(fields[13]) + Number(fields[14]);
        else if (Number(fields[1]) === postmasterPid) ticks += Number(fields[11]) + Number(fields[12]);
      } catch {
        // It has ended.
      }
    }
  } catch {
    return Number.NaN;
  }
  return ticks * tickMs;
}
