import { setTimeout as pause } from 'node:timers/promises';
import type { FamilyContext, DemoContext } from '../context.js';

export const reviewOpenMsMax = 60_000;

interface ReviewAnswer {
  readonly id: string;
  readonly agreementId: string;
  readonly kind: 'THREE_MONTH' | 'YEARLY' | 'ON_CHANGE';
  readonly dueOn: string;
  readonly state: 'SCHEDULED' | 'OPEN' | 'CONCLUDED';
}

const yes = { answer: 'YES' } as const;
const answers = {
  wantsToCarryOn: yes,
  needsHelp: { answer: 'NO' },
  spentAsAgreed: yes,
  stillAppropriate: yes,
  usedEffectively: yes,
  amountSufficient: yes,
  stillEligible: yes,
  obligationsMet: yes,
} as const;

/** The co-ordinator held the first reviews long ago and writes them up; what is newer is still on the list. */
export async function concludeFirstReviews(context: DemoContext, { family, ids }: FamilyContext): Promise<number> {
  const { coordinator } = context.authorities[family.authority];
  let concluded = 0;
  for (const budgetId of ids.budgets.values()) {
    const paid = family.movements.some(({ about }) => about.kind === 'instalment');
    const until = Date.now() + reviewOpenMsMax;
    for (;;) {
      const reviews = await coordinator.all<ReviewAnswer>(`/v1/reviews?budgetId=${budgetId}&kind=THREE_MONTH`);
      const due = reviews.filter(({ dueOn }) => dueOn <= context.year.today);
      const ready = due.length > 0 && due.every(({ state }) => state !== 'SCHEDULED');
      if (ready || !paid) {
        for (const { id } of due.filter(({ state }) => state === 'OPEN')) {
          const conclusion = { outcome: 'SATISFACTORY', answers };
          await coordinator.post(`/v1/reviews/${id}/conclusion`, conclusion, `demo review ${id}`);
          concluded += 1;
        }
        break;
      }
      if (Date.now() > until) {
        throw new Error(`No first review of ${family.key} opened within ${reviewOpenMsMax / 1000} seconds.`);
      }
      await pause(300);
    }
  }
  return concluded;
}
