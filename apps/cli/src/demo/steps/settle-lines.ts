import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { decimalText } from '@ringfence/kernel';
import { Refused } from '../api-client.js';
import type { FamilyContext, DemoContext } from '../context.js';
import type { Movement, PartScenario } from '../scenario.js';
import { linesByMovement, type LineAnswer, type LinesByMovement } from './bank-lines.js';

export const understoodMsMax = 120_000;
export const acceptRoundsMax = 40;
const suggestionsAtOnce = 100;

/**
 * The officer's morning: accepts the exact matches that the service suggests, splits manually what no suggestion
 * explains, and leaves the rest for the work list. Returns how many lines were settled.
 */
export async function settleLines(
  context: DemoContext,
  of: FamilyContext,
): Promise<{ accepted: number; manually: number }> {
  const { officer } = context.authorities[of.family.authority];
  const accepted = await acceptMatches(context, of);
  const lines = await linesByMovement(officer, of);
  let manually = 0;
  for (const movement of of.family.movements) {
    const line = lines.get(movement.key);
    if (movement.about.kind !== 'parts' || !line) continue;
    const { parts, reasons } = movement.about;
    const body = { statementLineId: line.id, parts: parts.map((part) => partBody(part, of)), reasons };
    await officer.post('/v1/allocations', body, `demo allocate ${of.family.key} ${movement.key}`);
    manually += 1;
  }
  return { accepted, manually };
}

/**
 * While statements still come in, suggestions are made anew: one that has gone is looked up again under its new id.
 */
async function acceptMatches(context: DemoContext, of: FamilyContext): Promise<number> {
  const { officer } = context.authorities[of.family.authority];
  let accepted = 0;
  for (let round = 1; ; round += 1) {
    const lines = await onceUnderstood(context, of);
    const waiting = of.family.movements.flatMap((movement) => {
      const line = lines.get(movement.key);
      const match = line?.state === 'OPEN' ? wantedMatch(movement, line, of) : undefined;
      return match ? [match.id] : [];
    });
    if (waiting.length === 0) return accepted;
    const suggestionIds = waiting.slice(0, suggestionsAtOnce);
    const key = createHash('sha256').update(suggestionIds.join()).digest('hex').slice(0, 40);
    try {
      await officer.post('/v1/allocations', { suggestionIds }, `demo accept ${key}`);
      accepted += suggestionIds.length;
    } catch (error) {
      if (!(error instanceof Refused) || error.type !== 'invalid-request' || round > acceptRoundsMax) throw error;
      await pause(300);
    }
  }
}

/** Waits until the worker has suggested a match for every line that has one. */
async function onceUnderstood(context: DemoContext, of: FamilyContext): Promise<LinesByMovement> {
  const { officer } = context.authorities[of.family.authority];
  const until = Date.now() + understoodMsMax;
  for (;;) {
    const lines = await linesByMovement(officer, of);
    const lacking = of.family.movements.find((movement) => {
      const line = lines.get(movement.key);
      return line?.state === 'OPEN' && wanted(movement) && !wantedMatch(movement, line, of);
    });
    if (!lacking) return lines;
    if (Date.now() > until) {
      throw new Error(
        `Nothing was suggested for ${lacking.who}, ${decimalText(lacking.amountPence)} on ${lacking.date} (${of.family.key}), within ${understoodMsMax / 1000} seconds.`,
      );
    }
    await pause(300);
  }
}

function wanted({ about }: Movement): 'instalment' | 'payslip' | 'budget-line' | undefined {
  if (about.kind === 'line') return 'budget-line';
  return about.kind === 'instalment' || about.kind === 'payslip' ? about.kind : undefined;
}

function wantedMatch(movement: Movement, { suggestions }: LineAnswer, { ids }: FamilyContext) {
  const type = wanted(movement);
  const lineId = movement.about.kind === 'line' ? ids.lines.get(movement.about.line)?.id : undefined;
  return [...suggestions]
    .sort((a, b) => b.score - a.score)
    .find(({ targetType, targetId }) => targetType === type && (lineId === undefined || targetId === lineId));
}

function partBody(part: PartScenario, { ids }: FamilyContext): object {
  const amount = decimalText(part.amountPence);
  if ('line' in part) {
    const { id, outcomeId } = ids.lines.get(part.line)!;
    const { serviceDate } = part;
    return { amount, target: { type: 'budget-line', budgetLineId: id, outcomeId, serviceDate } };
  }
  if ('control' in part) {
    const { control, budget, stream } = part;
    return { amount, target: { type: 'payroll-control', control, budgetId: ids.budgets.get(budget), stream } };
  }
  return { amount, target: { type: 'family-money', budgetId: ids.budgets.get(part.familyMoneyOf) } };
}
