import { hash } from 'node:crypto';
import type { ParsedLine } from '@ringfence/statement-files';

/**
 * A key of the bank's own fields, for a unique index together with an occurrence number that counts equal lines from
 * 0. It is taken before any rule, tag, mapping or edit, and begins with the version of its recipe.
 */
export function contentKey(line: Pick<ParsedLine, 'date' | 'amountPence' | 'description' | 'bankId'>): string {
  const fields = [line.date, line.amountPence.toString(), line.description, line.bankId ?? ''];
  return `v1:${hash('sha256', fields.map((field) => `${Buffer.byteLength(field)}:${field}`).join(''))}`;
}

/** Keys with occurrence numbers for lines about to be added, counting on from those held under the same key. */
export function occurrences<T extends Parameters<typeof contentKey>[0]>(
  lines: readonly T[],
  heldCounts: ReadonlyMap<string, number> = new Map(),
): { readonly line: T; readonly contentKey: string; readonly occurrence: number }[] {
  const counts = new Map(heldCounts);
  return lines.map((line) => {
    const key = contentKey(line);
    const occurrence = counts.get(key) ?? 0;
    counts.set(key, occurrence + 1);
    return { line, contentKey: key, occurrence };
  });
}
