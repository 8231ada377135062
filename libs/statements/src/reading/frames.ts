import type { Readable, Writable } from 'node:stream';

/** A mark and bytes, sent with their length before them. */
export interface Frame {
  readonly mark: number;
  readonly bytes: Buffer;
}

const headBytes = 5;

/** Writes a frame; resolves when the pipe takes more, or is gone. */
export async function writeFrame(to: Writable, mark: number, bytes: Uint8Array = new Uint8Array()): Promise<void> {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(bytes.length, 0);
  head.writeUInt8(mark, 4);
  to.write(head);
  if (to.write(bytes) || to.destroyed || to.writableEnded) return;
  await new Promise<void>((done) => {
    const over = (): void => {
      to.off('drain', over).off('close', over).off('error', over);
      done();
    };
    to.on('drain', over).on('close', over).on('error', over);
  });
}

/** The frames of a stream, one at a time. */
export class Frames {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(from: Readable) {
    this.chunks = from[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Undefined when the stream has ended. */
  async next(): Promise<Frame | undefined> {
    if (!(await this.fill(headBytes))) return undefined;
    const length = this.rest.readUInt32BE(0);
    const mark = this.rest.readUInt8(4);
    if (!(await this.fill(headBytes + length))) return undefined;
    const bytes = this.rest.subarray(headBytes, headBytes + length);
    this.rest = this.rest.subarray(headBytes + length);
    return { mark, bytes };
  }

  private async fill(length: number): Promise<boolean> {
    if (this.rest.length >= length) return true;
    const parts = [this.rest];
    for (let held = this.rest.length; held < length;) {
      const { value, done } = await this.chunks.next();
      if (done) return false;
      parts.push(value);
      held += value.length;
    }
    this.rest = Buffer.concat(parts);
    return true;
  }
}
