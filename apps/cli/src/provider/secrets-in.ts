import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Problem } from '@ringfence/kernel';

export const inputBytesMax = 4_096;

type Terminal = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** One line from standard input, without the line break that `echo` adds. */
export async function secretFromInput(input: NodeJS.ReadableStream = process.stdin): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    chunks.push(Buffer.from(chunk as Uint8Array));
    bytes += chunks.at(-1)!.length;
    if (bytes > inputBytesMax) {
      throw new Problem(
        'invalid-request',
        `Standard input holds more than ${inputBytesMax} bytes: send the secret alone.`,
      );
    }
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

/** Asks at the terminal, twice, and shows nothing of what is typed. */
export async function askNewPassword(
  input: Terminal = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  if (!input.isTTY) {
    throw new Problem(
      'invalid-request',
      'There is no terminal to ask for the password on: give it on standard input with --password-stdin.',
    );
  }
  // readline echoes to its output by itself, as a terminal whose own echo is off; this one shows nothing.
  const shows = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: shows, terminal: true, historySize: 0 });
  const cancelled = new AbortController();
  terminal.on('SIGINT', () => cancelled.abort());
  terminal.on('close', () => cancelled.abort());
  const ask = async (question: string): Promise<string> => {
    output.write(question);
    const answer = await terminal.question('', { signal: cancelled.signal }).catch(() => {
      throw new Problem('invalid-request', 'No password was given, and nothing was added.');
    });
    output.write('\n');
    return answer;
  };
  try {
    const password = await ask('Password (it is not shown): ');
    if ((await ask('The same once more: ')) === password) return password;
    throw new Problem('invalid-request', 'The two passwords differ, and nothing was added: run the command again.');
  } finally {
    terminal.close();
  }
}
