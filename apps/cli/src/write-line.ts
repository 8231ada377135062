import { once } from 'node:events';

/** To standard output, waiting where the reader is slower than we are: answers to a long input must not pile up. */
export async function writeLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

/** Text that came from a file or over the network, as it may be shown: its control characters never reach a terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
