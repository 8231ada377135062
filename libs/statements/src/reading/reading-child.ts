import {
  openStatement,
  readStatementFile,
  type StatementReading,
  type StatementSource,
} from '@ringfence/statement-files';
import { Frames } from './frames.js';
import { frameMarks, lineToWire, toWire, type Command, type Message } from './messages.js';

// The program that reads what strangers have sent. It holds no right, no address and no secret; whatever a file makes of
// it ends with it. It knows the readers and nothing else, and does what it is told until its input ends.

const linesPerMessage = 1_000;

const frames = new Frames(process.stdin);
let reading: StatementReading | undefined;

process.stdout.on('error', () => process.exit(1));
await say({ ready: true });
for (;;) {
  const frame = await frames.next();
  if (frame === undefined) process.exit(0);
  if (frame.mark !== frameMarks.command) throw new Error('A piece of a file came unasked.');
  await obey(JSON.parse(frame.bytes.toString()) as Command);
}

async function obey(command: Command): Promise<void> {
  if (command.do === 'whole') {
    const outcome = await readStatementFile(await all(sourceOf(command.size)), command.options);
    return say({ whole: outcome } as Message);
  }
  if (command.do === 'open') {
    const opened = await openStatement(sourceOf(command.size), command.options);
    reading = opened.ok ? opened : undefined;
    return say({ opened: opened.ok ? { ok: true } : opened });
  }
  if (!reading) throw new Error('No file is open.');
  const read = await reading.read(async (lines) => {
    if (command.do === 'count') return say({ counted: lines.length });
    for (let at = 0; at < lines.length; at += linesPerMessage) {
      await write(`{"lines":${JSON.stringify(lines.slice(at, at + linesPerMessage).map(lineToWire))}}\n`);
    }
  });
  await say({ read } as Message);
}

function sourceOf(size: number): StatementSource {
  return {
    size,
    async *chunks() {
      await say({ want: 'bytes' });
      let ended = false;
      try {
        for (;;) {
          const frame = await piece();
          if (frame === undefined) {
            ended = true;
            return;
          }
          yield frame;
        }
      } finally {
        if (!ended) {
          await say({ want: 'no more' });
          while ((await piece()) !== undefined);
        }
      }
    },
  };
}

async function piece(): Promise<Uint8Array | undefined> {
  const frame = await frames.next();
  // The other side is gone, and nobody waits for an answer.
  if (frame === undefined) process.exit(0);
  return frame.mark === frameMarks.piece ? frame.bytes : undefined;
}

async function all(source: StatementSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function say(message: Message): Promise<void> {
  return write(`${toWire(message)}\n`);
}

/** Resolves when the pipe takes more. */
async function write(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise((drained) => process.stdout.once('drain', drained));
}
