import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

export const logFileBytesMax = 10_000_000;
export const lastLinesMax = 12;

/** One service's output: all of it goes to a file, warnings and errors to the terminal too, under the service's name. */
export class ServiceLog {
  readonly file: string;
  private readonly decoder = new StringDecoder('utf8');
  private readonly last: string[] = [];
  private rest = '';
  private bytes: number;

  constructor(
    private readonly name: string,
    folder: string,
    private readonly show: (line: string) => void,
  ) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${name}.log`);
    this.bytes = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
  }

  take(chunk: Buffer): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    lines.forEach((line) => this.line(line));
  }

  close(): void {
    if (this.rest !== '') this.line(this.rest);
    this.rest = '';
  }

  lastLines(): string {
    return this.last.map((line) => `  ${line}`).join('\n');
  }

  private line(line: string): void {
    if (line.trim() === '') return;
    const readable = readableLine(line);
    this.last.push(readable);
    if (this.last.length > lastLinesMax) this.last.shift();
    if (isWarning(line)) this.show(`${this.name}: ${readable}`);
    this.keep(`${line}\n`);
  }

  private keep(text: string): void {
    if (this.bytes > logFileBytesMax) {
      renameSync(this.file, `${this.file}.1`);
      this.bytes = 0;
    }
    try {
      appendFileSync(this.file, text);
    } catch {
      // A full disk must not take the services down with it.
    }
    this.bytes += Buffer.byteLength(text);
  }
}

/** Whether it is a JSON line of a warning or worse, or a text that says so. */
export function isWarning(line: string): boolean {
  const level = jsonOf(line)?.['level'];
  return level === undefined ? /\b(WARN|ERROR|FATAL)\b/.test(line) : /^(warn|error|fatal)$/i.test(String(level));
}

/** A JSON line of `JsonLogger` as a person reads it: level, where from, message, the other facts, and a stack below. */
export function readableLine(line: string): string {
  const { level, message, context, stack, time, pid, ...facts } = jsonOf(line) ?? {};
  if (typeof level !== 'string' || typeof message !== 'string') return line;
  void [time, pid];
  const from = context === undefined ? '' : ` [${String(context)}]`;
  const told = Object.entries(facts).map(([name, value]) => `${name} ${textOf(value)}`);
  const more = told.length === 0 ? '' : ` (${told.join(', ')})`;
  const below = typeof stack === 'string' ? `\n${stack}` : '';
  return `${level.toUpperCase()}${from} ${message}${more}${below}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
