import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '@ringfence/kernel';
import { Config } from '../config.js';
import { Database, type TenantContext, type Transaction } from '../database/database.js';
import type { ArrivedFile, ContentHash } from './arrive.js';
import { FileStore } from './file-store.js';
import { isNamed, lockFileName } from './named-files.sql.js';
import { countUpload, requireAllowance } from './upload-allowance.js';

/** Gives an arrived file its name, in the transaction that writes the row which names it. */
export type PlaceFile = (tx: Transaction) => Promise<void>;

/**
 * What is sent, from its announcement to the row that names it: counted before it is read, beside the stored files until
 * all else is right, and gone where the request ends in a refusal.
 */
@Injectable()
export class Uploads {
  private readonly logger = new Logger('files');

  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Counts an upload of `bytes` before it is read. It counts whether or not it is accepted in the end. Throws a Problem
   * `too-many-requests` where the sender, or the authority, has sent as much as they may.
   */
  async admit(context: TenantContext, bytes: number): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(context, async (tx) => {
      requireAllowance(await countUpload(tx, context, bytes, now), this.config, now);
    });
  }

  /** Takes the bytes in. What arrives is handed to {@link keep} or to {@link drop}, always. */
  arrive(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<ArrivedFile> {
    return this.files.arrive(source);
  }

  drop(file: ArrivedFile): Promise<void> {
    return this.files.drop(file);
  }

  /**
   * Runs the use case that writes the row for an arrived file. Where it fails, what this request alone has brought is
   * removed again. Where it does not place the file, because the request is a repeat that was answered before, a file
   * that some row names is put there once more: what was lost since is whole again.
   */
  async keep<T>(context: TenantContext, file: ArrivedFile, work: (place: PlaceFile) => Promise<T>): Promise<T> {
    let [placed, brought] = [false, false];
    const place: PlaceFile = async (tx) => {
      await lockFileName(tx, file.hash, 'together');
      // Once brought it stays so: the transaction may be run again, and finds what it has placed itself.
      brought = (await this.files.place(file)) || brought;
      placed = true;
    };
    try {
      const answer = await work(place);
      if (!placed) await this.restore(context, file, place);
      return answer;
    } catch (error) {
      if (brought)
        await this.removeUnnamed(context, file.hash).catch((second: unknown) => this.leftBehind(file, second));
      throw error;
    } finally {
      await this.files.drop(file);
    }
  }

  private async restore(context: TenantContext, file: ArrivedFile, place: PlaceFile): Promise<void> {
    await this.database.transaction(context, async (tx) => {
      if (await isNamed(tx, file.hash)) await place(tx);
    });
  }

  private async removeUnnamed(context: TenantContext, hash: ContentHash): Promise<void> {
    await this.database.transaction(context, async (tx) => {
      await lockFileName(tx, hash, 'alone');
      if (!(await isNamed(tx, hash))) await this.files.remove(hash);
    });
  }

  private leftBehind({ hash }: ArrivedFile, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.logger.warn(`The file ${hash} of a refused request is left to the sweep: ${why}`);
  }
}
