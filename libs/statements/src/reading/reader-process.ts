import { LimitedChild } from '@ringfence/platform';
import { fileURLToPath } from 'node:url';
import { Refusal, type StatementSource } from '@ringfence/statement-files';
import {
  answerBytesAlways,
  answerBytesPerByteMax,
  answerMessageBytesMax,
  filesPerReaderMax,
  readerKeptMebibytesMax,
  readingHeapMebibytesMax,
  readingMebibytesMax,
  readingSecondsMax,
  readingSecondsPerMebibyte,
} from './limits.js';
import { writeFrame } from './frames.js';
import { frameMarks, type Command, type Message } from './messages.js';

/** The usual values serve; tests shorten them. */
export interface ReadingLimits {
  readonly secondsMax: number;
  readonly mebibytesMax: number;
  readonly heapMebibytesMax: number;
}

export const usualLimits: ReadingLimits = {
  secondsMax: readingSecondsMax,
  mebibytesMax: readingMebibytesMax,
  heapMebibytesMax: readingHeapMebibytesMax,
};

/** The program ended, and no limit of ours says why: perhaps the file, perhaps the machine. */
export class ReaderGone extends Error {}

const program = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './reading-child.ts' : './reading-child.js', import.meta.url),
);

/** One program that reads files, and the file that it reads. */
export class ReaderProcess {
  private readonly child: LimitedChild;
  private readonly chunks: AsyncIterator<Buffer>;
  private readonly waiting: string[] = [];
  private readonly begun: Promise<Message>;
  private parts: Buffer[] = [];
  private partBytes = 0;
  private file: { source: StatementSource; leftMs: number; leftBytes: number } | undefined;
  private over: 'time' | 'answer' | undefined;
  private sourceFault: { readonly error: unknown } | undefined;
  private sending: { enough: boolean } | undefined;
  private files = 0;

  constructor(private readonly limits: ReadingLimits) {
    this.child = new LimitedChild(program, limits);
    this.chunks = this.child.output[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.begun = this.next().catch((error: unknown) => {
      // No fault of the file, which it has not seen.
      throw error instanceof ReaderGone ? new Error(`A file could not be read. ${error.message}`) : error;
    });
    this.begun.catch(() => undefined);
  }

  /** The file that the next commands are about; its limits begin to count. */
  begin(source: StatementSource): void {
    const mebibytes = source.size / (1024 * 1024);
    this.files += 1;
    this.file = {
      source,
      leftMs: (this.limits.secondsMax + mebibytes * readingSecondsPerMebibyte) * 1_000,
      leftBytes: answerBytesAlways + source.size * answerBytesPerByteMax,
    };
  }

  /**
   * Gives a command and answers the message that ends it; `take` gets those before it, and the program waits for it. Throws
   * a `Refusal` where the file goes over a limit, `ReaderGone` where the program ends for another reason, and what the
   * source or `take` throws.
   */
  async ask(command: Command, take: (message: Message) => Promise<void> | void = () => undefined): Promise<Message> {
    await this.begun;
    await writeFrame(this.child.input, frameMarks.command, Buffer.from(JSON.stringify(command)));
    for (;;) {
      const message = await this.next();
      if ('want' in message) this.send(message.want);
      else if ('counted' in message || 'lines' in message) await take(message);
      else return message;
    }
  }

  /** Whether it may read another file: it is as good as new. */
  get fresh(): boolean {
    const { bytes } = this.child;
    return this.files < filesPerReaderMax && bytes !== undefined && bytes < readerKeptMebibytesMax * 1024 * 1024;
  }

  hold(held: boolean): void {
    this.child.hold(held);
  }

  /** Resolves when it is gone; this process waits for that, though it waited for nothing else. */
  end(): Promise<unknown> {
    this.child.hold(true);
    this.child.kill();
    return this.child.ended;
  }

  private async next(): Promise<Message> {
    while (this.waiting.length === 0) {
      const { value, done } = await this.inTime(this.chunks.next());
      if (done) throw await this.reason();
      this.take(value);
    }
    return JSON.parse(this.waiting.shift() as string) as Message;
  }

  /** While nothing comes, the program works, and its time runs; while we are at work it waits. */
  private async inTime<T>(work: Promise<T>): Promise<T> {
    const { file } = this;
    if (!file) return work;
    const began = performance.now();
    const timer = setTimeout(() => this.stop('time'), Math.max(0, file.leftMs));
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      file.leftMs -= performance.now() - began;
    }
  }

  private take(chunk: Buffer): void {
    if (this.file && (this.file.leftBytes -= chunk.length) < 0) return this.stop('answer');
    for (let from = 0; ;) {
      const end = chunk.indexOf(0x0a, from);
      const part = chunk.subarray(from, end < 0 ? undefined : end);
      this.parts.push(part);
      this.partBytes += part.length;
      if (this.partBytes > answerMessageBytesMax) return this.stop('answer');
      if (end < 0) return;
      this.waiting.push(Buffer.concat(this.parts).toString());
      this.parts = [];
      this.partBytes = 0;
      from = end + 1;
    }
  }

  private send(want: 'bytes' | 'no more'): void {
    if (this.sending) this.sending.enough = true;
    if (want === 'bytes') void this.sendAll((this.sending = { enough: false }));
  }

  private async sendAll(sending: { enough: boolean }): Promise<void> {
    try {
      for await (const chunk of this.file!.source.chunks()) {
        if (sending.enough) break;
        await writeFrame(this.child.input, frameMarks.piece, chunk);
      }
      await writeFrame(this.child.input, frameMarks.end);
    } catch (error) {
      this.sourceFault = { error };
      this.child.kill();
    }
  }

  private stop(over: 'time' | 'answer'): void {
    this.over = over;
    this.child.kill();
  }

  private async reason(): Promise<unknown> {
    const end = await this.child.ended;
    if (this.sourceFault) return this.sourceFault.error;
    if (this.over === 'time') return new Refusal('READING_TIME', sentences.time(this.file!.source.size, this.limits));
    if (this.over === 'answer') return new Refusal('READING_ANSWER', sentences.answer);
    if (end === 'memory') return new Refusal('READING_MEMORY', sentences.memory(this.limits));
    return new ReaderGone(`The program that reads files ended. It said: ${this.child.said.trim() || 'nothing'}`);
  }
}

const instead = 'ask the bank for the statement as CSV, or for a shorter period';

const sentences = {
  time: (size: number, { secondsMax }: ReadingLimits) =>
    `The file takes longer to read than the ${Math.ceil(secondsMax + (size / (1024 * 1024)) * readingSecondsPerMebibyte)} seconds that a file of its size may take: ${instead}.`,
  memory: ({ mebibytesMax }: ReadingLimits) =>
    `The file needs more memory to read than the ${mebibytesMax} MiB that a file may take: ${instead}.`,
  answer: `The file unfolds to more than a file of its size may hold: ${instead}.`,
};

export const failedTwice = `The file ended the program that reads it, twice: ${instead}.`;
