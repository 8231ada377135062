import { Problem } from '@ringfence/kernel';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export interface Difference {
  readonly book: string;
  readonly sequence: bigint;
  readonly field: string;
}

/** How far a verification has come: up to this journal of this book, all books before it included. */
export interface Position {
  readonly book: string;
  readonly sequence: bigint;
  readonly journals: bigint;
  readonly differences: readonly Difference[];
}

/** Keeps the position of a verification between its slices, so that a broken off one goes on where it was. */
export class PositionFile {
  constructor(private readonly file: string | undefined) {}

  read(): Position | undefined {
    if (this.file === undefined || !existsSync(this.file)) return undefined;
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'), (key, value: unknown) =>
        key === 'sequence' || key === 'journals' ? BigInt(value as string) : value,
      ) as Position;
    } catch {
      throw Problem.field(
        '/position',
        `${this.file} does not hold a position: remove it to verify from the beginning.`,
      );
    }
  }

  keep(position: Position): void {
    if (this.file === undefined) return;
    const text = JSON.stringify(position, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    writeFileSync(`${this.file}.new`, text);
    renameSync(`${this.file}.new`, this.file);
  }

  /** The verification is complete: the next one begins at the beginning. */
  remove(): void {
    if (this.file !== undefined) rmSync(this.file, { force: true });
  }
}
