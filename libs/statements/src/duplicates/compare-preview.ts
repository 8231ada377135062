import type { Transaction } from '@ringfence/platform';
import {
  claimedOf,
  daysOfPreview,
  forgetFound,
  heldByAmount,
  heldById,
  holdsLines,
  newByAmount,
  newById,
  writeVerdicts,
  type PreviewToCompare,
} from './compare-preview.sql.js';
import { matchById, matchNear, matchCertain, DuplicateMatcher, type HeldLine } from './domain/identity.js';

/** Lines compared at once, more only where one amount or one id has more. */
export const linesComparedAtOnce = 20_000;

/**
 * Says of each line of a preview whether the books hold it already, with the result of `newLines` over the whole and in
 * memory that does not grow with the file. The steps of `newLines` match lines of one amount only, or of one id only:
 * so they run on all lines of some amounts after the other, then of some ids, then of some amounts again, and what each
 * has claimed is kept in the preview for the next. `seen` is told how many lines were compared.
 */
export async function comparePreview(
  tx: Transaction,
  statementImport: { readonly id: string; readonly designatedAccountId: string },
  seen: (lines: number) => void = () => undefined,
  atOnce: number = linesComparedAtOnce,
): Promise<void> {
  const { id: importId, designatedAccountId } = statementImport;
  await forgetFound(tx, importId);
  const days = await daysOfPreview(tx, importId);
  if (days === undefined) return;
  const held = await holdsLines(tx, designatedAccountId, days);
  const byAmount = (): AsyncGenerator<Together> =>
    togetherByAmount(newByAmount(tx, importId), heldByAmount(tx, designatedAccountId, days), atOnce);
  if (held.near) {
    for await (const together of byAmount()) {
      await run(tx, importId, together, matchCertain);
      seen(together.incoming.length);
    }
  }
  if (held.any) {
    for await (const incoming of grouped(newById(tx, importId), ({ bankId }) => bankId ?? '', atOnce)) {
      const bankIds = [...new Set(incoming.map(({ bankId }) => bankId ?? ''))];
      await run(tx, importId, { incoming, held: await heldById(tx, designatedAccountId, bankIds) }, matchById);
    }
  }
  if (held.near) {
    for await (const together of byAmount()) await run(tx, importId, together, (matcher) => matchNear(matcher, days));
  }
}

interface Together {
  readonly incoming: readonly PreviewToCompare[];
  readonly held: readonly HeldLine[];
}

async function run(
  tx: Transaction,
  importId: string,
  { incoming, held }: Together,
  match: (matcher: DuplicateMatcher<PreviewToCompare>) => void,
): Promise<void> {
  if (incoming.length === 0 || held.length === 0) return;
  const heldIds = held.map(({ heldId }) => heldId);
  const claimed = await claimedOf(tx, importId, heldIds);
  const matcher = new DuplicateMatcher(
    held.filter(({ heldId }) => !claimed.has(heldId)),
    incoming,
  );
  match(matcher);
  const found = matcher.result();
  await writeVerdicts(tx, importId, [
    ...found.held.map(({ line, heldId }) => ({
      position: line.position,
      verdict: 'HELD' as const,
      heldLineId: heldId,
      why: null,
    })),
    ...found.possibleDuplicates.map(({ line, heldId, why }) => ({
      position: line.position,
      verdict: 'POSSIBLE_DUPLICATE' as const,
      heldLineId: heldId,
      why,
    })),
  ]);
}

/** The lines of some amounts on both sides, all of each amount together; amounts that came in only, or are held only, are left out. */
async function* togetherByAmount(
  newLines: AsyncGenerator<PreviewToCompare[]>,
  heldLines: AsyncGenerator<HeldLine[]>,
  atOnce: number,
): AsyncGenerator<Together> {
  const held = grouped(heldLines, ({ amountPence }) => amountPence, 1);
  try {
    let next = await held.next();
    let together: { incoming: PreviewToCompare[]; held: HeldLine[] } = { incoming: [], held: [] };
    for await (const incoming of grouped(newLines, ({ amountPence }) => amountPence, 1)) {
      const amount = incoming[0]!.amountPence;
      while (!next.done && next.value[0]!.amountPence < amount) next = await held.next();
      if (next.done) break;
      if (next.value[0]!.amountPence !== amount) continue;
      together.incoming.push(...incoming);
      together.held.push(...next.value);
      if (together.incoming.length + together.held.length < atOnce) continue;
      yield together;
      together = { incoming: [], held: [] };
    }
    yield together;
  } finally {
    await held.return(undefined);
  }
}

/** Rows that come in the order of a key, in groups of `atLeast` rows or more that part no key. */
async function* grouped<Row>(
  pages: AsyncGenerator<Row[]>,
  keyOf: (row: Row) => unknown,
  atLeast: number,
): AsyncGenerator<Row[]> {
  let group: Row[] = [];
  for await (const page of pages) {
    for (const row of page) {
      if (group.length >= atLeast && keyOf(group.at(-1) as Row) !== keyOf(row)) {
        yield group;
        group = [];
      }
      group.push(row);
    }
  }
  if (group.length > 0) yield group;
}
