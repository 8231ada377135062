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
    this.last.push(line);
    if (this.last.length > lastLinesMax) this.last.shift();
    if (isWarning(line)) this.show(`${this.name}: ${line}`);
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

const pinoWarn = 40;

/** Understands Nest's text (`WARN`, `ERROR`, `FATAL`), and JSON lines with a `level` of pino's or in words. */
export function isWarning(line: string): boolean {
  if (!line.startsWith('{')) return /\b(WARN|ERROR|FATAL)\b/.test(line);
  try {
    const { level } = JSON.parse(line) as { level?: unknown };
    return typeof level === 'number' ? level >= pinoWarn : /^(warn|error|fatal)$/i.test(String(level));
  } catch {
    return false;
  }
}
