import type { LineRow } from '@ringfence/reconciliation';
import {
  acceptanceErrors,
  amountText,
  choiceFrom,
  continuation,
  excludedText,
  presentLines,
} from './lines.presenter.js';
import { targetFrom } from './target-choices.js';
import { vocabulary } from '../shell/vocabulary.js';

const id = '0190f0f0-0000-7000-8000-000000000001';

const row: LineRow = {
  id,
  designatedAccountId: 'a',
  budgetId: 'b',
  importId: 'i',
  kind: 'LINE',
  lineDate: '2026-05-12',
  amountPence: -4_500n,
  remainingPence: -1_500n,
  description: 'SWIM SCHOOL',
  bankId: null,
  balancePence: null,
  originalAmount: null,
  originalCurrency: null,
  journalId: 'j',
  state: 'PART',
  verdict: 'query',
  findings: [
    {
      rule: 'X',
      verdict: 'query',
      evidence: 'narrative',
      seen: '',
      amount: '45.00',
      reason: 'Please send the receipt.',
      source: 's',
    },
    {
      rule: 'Y',
      verdict: 'allowed',
      evidence: 'narrative',
      seen: '',
      amount: '45.00',
      reason: 'Approved.',
      source: 's',
    },
  ],
  receipts: [{ id: 'r', fileName: 'swim.png', supplier: 'Swim School' }],
  allocations: [
    {
      id: 'al',
      amountPence: -3_000n,
      targetType: 'budget-line',
      targetId: 't',
      budgetId: 'b',
      stream: 'EDU',
      budgetLineId: 't',
      budgetLineName: 'Swimming',
      outcomeId: 'o',
      reasons: 'Two lessons.',
      acceptedAt: '2026-06-01',
      acceptedBy: 'Finn',
    },
  ],
  suggestions: [],
} as unknown as LineRow;

const present = (line: LineRow, mayAllocate: boolean) =>
  presentLines({ terms: vocabulary.officer, budgetId: 'b', choice: 'all', lines: [line], more: true, mayAllocate });

describe('The lines of a budget', () => {
  it('say what each was for, what remains of it, and why it is under query', () => {
    const { lines, older } = present(row, true);
    expect(lines[0]).toMatchObject({
      when: '12 May 2026',
      amount: '£45.00',
      direction: 'out',
      remaining: '£15.00',
      reasons: ['Please send the receipt.'],
      allocations: [{ id: 'al', text: '£30.00: Swimming, Education', why: 'Two lessons. (Finn)' }],
      receipts: ['Swim School (swim.png)'],
      mayAllocate: true,
    });
    expect(lines[0]!.tags.map(({ text }) => text)).toEqual(['Part-allocated', 'Query']);
    expect(older).toBe(`/budgets/b?show=all&after=2026-05-12_${id}#lines`);
  });

  it('offer nothing to decide to somebody who may not, nor where nothing remains', () => {
    expect(present(row, false).lines[0]!.mayAllocate).toBe(false);
    expect(present({ ...row, state: 'ALLOCATED' }, true).lines[0]!.mayAllocate).toBe(false);
  });

  it('are accepted at once where each has one suggestion and no query, and there are two or more', () => {
    const suggestion = { id: 's', targetType: 'instalment', reasons: [] };
    const clear = { ...row, state: 'OPEN', verdict: null, suggestions: [suggestion] } as unknown as LineRow;
    const torn = { ...clear, suggestions: [suggestion, suggestion] } as unknown as LineRow;
    const facts = { terms: vocabulary.officer, budgetId: 'b', choice: 'all', more: false, mayAllocate: true } as const;
    expect(presentLines({ ...facts, lines: [clear, clear, torn, row] }).acceptAll).toEqual({
      text: 'Accept the 2 exact matches below',
      suggestionIds: 's,s',
    });
    expect(presentLines({ ...facts, lines: [clear, torn, row] }).acceptAll).toBeNull();
    expect(presentLines({ ...facts, lines: [clear, clear], mayAllocate: false }).acceptAll).toBeNull();
  });

  it('continue where the page before ended, and begin anew where the address makes no sense', () => {
    expect(continuation(`2026-05-12_${id}`)).toEqual({ lineDate: '2026-05-12', id });
    expect([continuation('2026-05-12'), continuation(undefined), continuation("'; --")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([choiceFrom('query'), choiceFrom('everything')]).toEqual(['query', 'all']);
  });

  it('begin a manual allocation with what remains, as a plain amount', () => {
    expect(amountText({ allocatablePence: 123_456n })).toBe('1234.56');
  });

  it('know what was chosen, and refuse what was not offered', () => {
    expect(targetFrom(`line_${id}_${id}`, 'b')).toEqual({ type: 'budget-line', budgetLineId: id, outcomeId: id });
    expect(targetFrom('control_PAYROLL_FEE_SOCIAL_CHILD', 'b')).toEqual({
      type: 'payroll-control',
      control: 'PAYROLL_FEE',
      budgetId: 'b',
      stream: 'SOCIAL_CHILD',
    });
    expect(targetFrom('family', 'b')).toEqual({ type: 'family-money', budgetId: 'b' });
    for (const value of [undefined, '', 'line_x_y', 'control_HMRC_GOLD']) {
      expect(() => targetFrom(value, 'b')).toThrow('Choose what the payment was for.');
    }
  });

  it('say how much of a payment a rule excludes, and what remains to allocate', () => {
    const limits = { accounts: [], allocatablePence: 1_350n, excludedPence: 990n };
    expect(excludedText({ ...limits, excludedPence: 0n })).toBeNull();
    expect(excludedText(limits)).toBe(
      'A rule excludes £9.90 of this payment: it cannot be allocated until somebody has decided. You can allocate £13.50.',
    );
    expect(excludedText({ ...limits, allocatablePence: 0n })).toContain('Nothing else remains to allocate.');
  });

  it('name of several suggestions those that were not accepted, and say why', () => {
    expect(acceptanceErrors(3, [])).toBeUndefined();
    const refused = { suggestionId: 's', description: 'BEN BROWN', sentence: 'It is excluded.' };
    expect(acceptanceErrors(3, [refused])?.list.map(({ text }) => text)).toEqual([
      '2 of the 3 suggestions were accepted. The others stay open.',
      'BEN BROWN: It is excluded.',
    ]);
    expect(acceptanceErrors(1, [{ ...refused, description: null }])?.list.map(({ text }) => text)).toEqual([
      'None of the suggestions was accepted.',
      'It is excluded.',
    ]);
  });
});
