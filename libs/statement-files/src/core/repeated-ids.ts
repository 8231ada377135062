import { quoted } from './bank-text.js';
import { bankIdsComparedMax } from './limits.js';
import type { ParsedLine } from './outcome.js';
import type { RunningStatement } from './statement.js';

/** Warns of an id that the bank gives to more than one line. Keeps the latest ids only, so that it does not grow. */
export class RepeatedIds {
  private latest = new Set<string>();
  private before = new Set<string>();

  look({ bankId, sourceLine, status }: ParsedLine, statement: RunningStatement): void {
    if (bankId === null || status !== 'posted') return;
    if (this.latest.has(bankId) || this.before.has(bankId)) {
      statement.warn({
        code: 'BANK_ID_REPEATED',
        message: `Line ${sourceLine}: the bank gives the id ${quoted(bankId)} to more than one line of this statement.`,
        line: sourceLine,
      });
    }
    this.latest.add(bankId);
    if (this.latest.size < bankIdsComparedMax) return;
    this.before = this.latest;
    this.latest = new Set();
  }
}
