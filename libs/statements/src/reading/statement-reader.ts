import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Problem } from '@ringfence/kernel';
import {
  type ParseOutcome,
  type ReadOptions,
  Refusal,
  refused,
  type RefusedFile,
  type StatementSource,
  type StreamedFile,
  type TakeLines,
} from '@ringfence/statement-files';
import { filesReadAtOnceMax, filesWaitingMax } from './limits.js';
import { fromWire, lineFromWire, type Command, type Message, type WireLine } from './messages.js';
import { failedTwice, ReaderGone, ReaderProcess, usualLimits, type ReadingLimits } from './reader-process.js';

/** A file that was looked at, in the program that reads it. */
export interface ReadingApart {
  readonly ok: true;
  /** Reads it to its end and keeps nothing: whether all of it is right, and how much there is. */
  count(onLines: (lines: number) => void): Promise<StreamedFile | RefusedFile>;
  /** Reads it again, and hands on its lines as `StatementReading.read` does. */
  read(takeLines: TakeLines): Promise<StreamedFile | RefusedFile>;
}

/** A program that ends by itself may have been ended by the machine: it is tried once more before the file is refused. */
const attemptsMax = 2;
const idleMsMax = 30_000;

/**
 * Reads the files that strangers send in programs of their own (`reading-child.ts`), which are limited in time, in all
 * their memory and in what they answer. A file that is too much for them is refused in words; this process goes on
 * meanwhile, and is never in danger. A program that has refused a file, or was stopped, is not used again.
 */
@Injectable()
export class StatementReader implements OnModuleDestroy {
  private readonly idle: { process: ReaderProcess; timer: NodeJS.Timeout }[] = [];
  private readonly atWork = new Set<ReaderProcess>();
  private readonly queue: (() => void)[] = [];
  private places = filesReadAtOnceMax;
  /** Changed by tests alone. */
  limits: ReadingLimits = usualLimits;

  /**
   * Opens a file and lets `work` read it. Returns what `work` answers, and throws what it or the source throws. Throws a
   * `Problem` where too many files wait already.
   */
  async reading<T>(
    source: StatementSource,
    options: ReadOptions,
    work: (opened: ReadingApart | RefusedFile) => Promise<T>,
  ): Promise<T> {
    return this.inPlace(async () => {
      const session = new Session(source, options, this);
      try {
        return await work(await session.open());
      } finally {
        await session.close();
      }
    });
  }

  /** Reads a file that is in memory, as `readStatementFile` does. */
  async readFile(bytes: Uint8Array, options: ReadOptions = {}): Promise<ParseOutcome> {
    return this.inPlace(async () => {
      const session = new Session(sourceOf(bytes), options, this);
      try {
        return await session.whole();
      } finally {
        await session.close();
      }
    });
  }

  /** Ends every program. */
  async onModuleDestroy(): Promise<void> {
    const all = [...this.idle.splice(0), ...[...this.atWork].map((process) => ({ process, timer: undefined }))];
    for (const { timer } of all) clearTimeout(timer);
    await Promise.all(all.map(({ process }) => process.end()));
  }

  /** A program for the next file. */
  begin(source: StatementSource, another: boolean): ReaderProcess {
    const kept = another ? undefined : this.idle.pop();
    clearTimeout(kept?.timer);
    const process = kept?.process ?? new ReaderProcess(this.limits);
    process.hold(true);
    process.begin(source);
    this.atWork.add(process);
    return process;
  }

  /** Takes a program back: `well` says that all it was asked for it answered, and it refused nothing. */
  async giveBack(process: ReaderProcess, well: boolean): Promise<void> {
    this.atWork.delete(process);
    if (!well || !process.fresh || this.idle.length > 0) return void (await process.end());
    process.hold(false);
    const timer = setTimeout(() => {
      const at = this.idle.findIndex((one) => one.process === process);
      if (at >= 0) this.idle.splice(at, 1);
      void process.end();
    }, idleMsMax);
    timer.unref();
    this.idle.push({ process, timer });
  }

  private async inPlace<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places -= 1;
    else if (this.queue.length >= filesWaitingMax) {
      throw new Problem(
        'too-many-requests',
        `There are ${filesWaitingMax} files waiting to be read: send this one again in some minutes.`,
      );
    } else await new Promise<void>((turn) => this.queue.push(turn));
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.places += 1;
    }
  }
}

/** One file, in one program after the other where one ends by itself. */
class Session {
  private process: ReaderProcess | undefined;
  private well = true;

  constructor(
    private readonly source: StatementSource,
    private readonly options: ReadOptions,
    private readonly reader: StatementReader,
  ) {}

  async open(): Promise<ReadingApart | RefusedFile> {
    const opened = await this.refusing(() => this.asked({ do: 'open', size: this.source.size, options: this.options }));
    if ('ok' in opened) return opened;
    if (!('opened' in opened)) throw unexpected(opened);
    if (!opened.opened.ok) return this.seen(opened.opened);
    return {
      ok: true,
      count: (onLines) =>
        this.read('count', (message) => {
          if ('counted' in message) onLines(message.counted);
        }),
      read: (takeLines) =>
        this.read('lines', async (message) => {
          if ('lines' in message) await takeLines(message.lines.map((line) => lineFromWire(line as WireLine)));
        }),
    };
  }

  async whole(): Promise<ParseOutcome> {
    const whole = await this.refusing(() => this.asked({ do: 'whole', size: this.source.size, options: this.options }));
    if ('ok' in whole) return whole;
    if (!('whole' in whole)) throw unexpected(whole);
    return this.seen(fromWire<ParseOutcome>(whole.whole));
  }

  async close(): Promise<void> {
    if (this.process) await this.reader.giveBack(this.process, this.well);
  }

  private async read(
    what: 'count' | 'lines',
    take: (message: Message) => Promise<void> | void,
  ): Promise<StreamedFile | RefusedFile> {
    const read = await this.refusing(() => this.asked({ do: what }, take));
    if ('ok' in read) return read;
    if (!('read' in read)) throw unexpected(read);
    return this.seen(fromWire<StreamedFile | RefusedFile>(read.read));
  }

  private seen<Outcome extends { readonly ok: boolean }>(outcome: Outcome): Outcome {
    if (!outcome.ok) this.well = false;
    return outcome;
  }

  /** A limit that was gone over is a refusal of the file like another. */
  private async refusing(work: () => Promise<Message>): Promise<Message | RefusedFile> {
    try {
      return await work();
    } catch (error) {
      this.well = false;
      return refused(error);
    }
  }

  /** Lines that were handed on cannot be called back: where the program ends behind them, the job is to begin again. */
  private async asked(command: Command, take?: (message: Message) => Promise<void> | void): Promise<Message> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await (await this.ready(command, attempt)).ask(command, take);
      } catch (error) {
        if (!(error instanceof ReaderGone) || command.do === 'lines') throw error;
        if (attempt === attemptsMax) throw new Refusal('READING_FAILED', failedTwice);
      }
    }
  }

  private async ready(command: Command, attempt: number): Promise<ReaderProcess> {
    if (this.process && attempt === 1) return this.process;
    if (this.process) await this.reader.giveBack(this.process, false);
    this.process = this.reader.begin(this.source, attempt > 1);
    if (command.do === 'count') await this.process.ask({ do: 'open', size: this.source.size, options: this.options });
    return this.process;
  }
}

function sourceOf(bytes: Uint8Array): StatementSource {
  return {
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    },
  };
}

const pieceBytes = 64 * 1024;

function unexpected(message: Message): Error {
  return new Error(`The program that reads files answered ${JSON.stringify(message).slice(0, 200)}.`);
}
