import type { LoadResult } from './load-result.js';

/** Of the baseline of four statements, for single journals on a thousand books; and a second, where that baseline allows it. */
const singleToBaselineMin = 0.8;
const singlesPerSecondMin = 2_500;
/** Journals a second in batches of a hundred, or so many times the single rate, whichever is more. */
const batchPerSecondMin = 20_000;
const batchToSingleMin = 10;
const balanceAtDateMsMax = 2;
const trialBalanceMsMax = 50;

/** A sentence for each target: what was measured, what the target is, and by how much it is missed. */
export function againstTargets(loads: readonly LoadResult[]): string[] {
  const find = (name: string): LoadResult | undefined => loads.find((load) => load.name === name);
  const baseline = find('baseline: a transaction of four statements');
  const single = find('single journals, 1000 books');
  const sentences: string[] = [];
  for (const [load, how] of [
    [single, 'each in its own transaction'],
    [find('single journals in groups, 1000 books'), 'in groups'],
  ] as const) {
    if (!load || !baseline) continue;
    const least = baseline.perSecond >= singlesPerSecondMin ? singlesPerSecondMin : 0;
    const target = Math.max(singleToBaselineMin * baseline.perSecond, least);
    sentences.push(
      `Single journals ${how}: ${load.rate.toFixed(0)} a second, ${(load.rate / baseline.perSecond).toFixed(2)} of the baseline; ` +
        `target ${target.toFixed(0)}: ${verdict(load.rate / target)}.`,
    );
  }
  const batch = find('batches of 100, 1000 books');
  if (batch && single) {
    const target = Math.max(batchPerSecondMin, batchToSingleMin * single.rate);
    sentences.push(
      `Batches of 100: ${batch.rate.toFixed(0)} journals a second, ${(batch.rate / single.rate).toFixed(1)} times the single rate; ` +
        `target ${target.toFixed(0)}: ${verdict(batch.rate / target)}.`,
    );
  }
  for (const readers of ['1 client', '20 clients'])
    for (const [name, msMax] of [
      ['balance at a date', balanceAtDateMsMax],
      ['trial balance of the authority', trialBalanceMsMax],
    ] as const) {
      const load = find(`${name}, ${readers}`);
      if (!load) continue;
      sentences.push(
        `${name[0]!.toUpperCase()}${name.slice(1)}, ${readers}: ${load.msP99.toFixed(2)} ms at the 99th percentile; ` +
          `target ${msMax} ms: ${verdict(msMax / load.msP99)}.`,
      );
    }
  return sentences;
}

function verdict(ratio: number): string {
  return ratio >= 1 ? 'reached' : `missed, ${ratio.toFixed(2)} of it`;
}
