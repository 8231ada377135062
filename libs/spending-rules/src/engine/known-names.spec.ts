import { assessSpend } from './assess.js';
import { kinshipOf } from './relationships.js';
import { nationalPolicy } from '../policy/national-policy.js';
import type { SpendCandidate } from './candidate.js';

function rulesOf(spend: Partial<SpendCandidate>): string[] {
  const candidate: SpendCandidate = {
    id: 'one',
    date: '2026-05-12',
    amountPence: -2500n,
    stream: 'SOCIAL_CHILD',
    description: 'CARD PAYMENT 8812',
    planned: true,
    ...spend,
  };
  return assessSpend(candidate, nationalPolicy).findings.map(({ rule, verdict }) => `${rule} ${verdict}`);
}

const bought = (description: string): string[] => rulesOf({ receipt: [{ description, amountPence: 2500n }] });

describe('names that are read by classes', () => {
  it('no phrase hides a cut end among choices, where it would be read by nobody', () => {
    const phrases = nationalPolicy.rules.flatMap(({ signals }) =>
      [signals, { ...signals.mixedBasket, ...signals.firm }].flatMap((lists) => Object.values(lists).flat()),
    );
    const hidden = phrases.filter((phrase) => typeof phrase === 'string' && /\([^)]*…/.test(phrase));
    expect(hidden).toEqual([]);
  });

  it.each(['BONUS BALLOONS', 'LOANS FARM', 'SAVINGS HALL', 'BAILIFF BRIDGE DANCE', 'CAMELOT CASTLE VISIT'])(
    '%s is only called so',
    (name) => expect(rulesOf({ description: `CARD PAYMENT TO ${name}` })).toEqual([]),
  );

  it('a surgery in a circus, which is a street, may be a doctor’s', () => {
    expect(rulesOf({ description: 'SUMUP *CIRCUS SURGERY' })).toEqual(['GP_SERVICE query']);
  });

  it('a train, a council’s service and a power bill that are not in the plan are asked about by their own rules', () => {
    const asked = (description: string): string[] => rulesOf({ description, planned: false });
    expect(asked('POS NORTHERN RAIL LEEDS')).toContain('DOUBLE_BENEFIT query');
    expect(asked('BACS BURNDALE MBC SHORT BREAK')).toContain('LA_SERVICE query');
    expect(asked('DD SCOTTISHPOWER')).toEqual(['LIVING_COSTS query', 'NOT_IN_PLAN query']);
  });

  it('an assistant’s retainer is no tooth’s, a booster seat no booster, and a spirit of its size is alcohol', () => {
    expect(bought('Retainer fee for PA, August')).toEqual([]);
    expect(bought('Travel booster seat')).toEqual([]);
    expect(bought('Orthodontic retainer')).toContain('DENTAL excluded');
    expect(bought('Ouzo 70cl')).toContain('ALCOHOL excluded');
  });
});

describe('relationships in plain words', () => {
  it.each([
    ['wife of the recipient, lives elsewhere', 'spouse'],
    ['ex-husband (lives in Hull)', 'former-spouse'],
    ['father of the child, divorced', 'former-spouse'],
    ['cousin in the annexe at the same address', 'family'],
    ['live-in carer who became partner', 'spouse'],
    ['partner of the aunt', 'unknown'],
    ['lodger, no relation', 'none'],
  ])('%s', (words, kinship) => expect(kinshipOf(words)).toBe(kinship));

  it('a relative in the annexe is asked about, as the address alone settles nothing', () => {
    const payee = { name: 'Kay Orton', relationship: 'cousin in the annexe at the same address' };
    expect(rulesOf({ description: 'FPO KAY ORTON WAGES', payee })).toEqual(['HOUSEHOLD_FAMILY query']);
  });
});
