import type { SpendCandidate } from './candidate.js';
import { assessSpend } from './assess.js';
import { policyInForce } from './rule.js';
import { nationalPolicy } from '../policy/national-policy.js';
import { always, receipt, spend } from './spec-samples.js';

const assessed = (changes: Partial<SpendCandidate>) => assessSpend(spend(changes), nationalPolicy);
const rulesOf = (changes: Partial<SpendCandidate>) =>
  assessed(changes).findings.map((one) => `${one.rule} ${one.verdict}`);
const streams = ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'UNALLOCATED'] as const;

describe('verdicts', () => {
  it('a planned and allowed spend is allowed without a finding', () => {
    expect(assessed({})).toEqual({
      id: 'spend-1',
      verdict: 'allowed',
      policyVersion: 'national-2014-09',
      findings: [],
    });
  });

  it('an unplanned spend with nothing else is asked about', () => {
    expect(rulesOf({ planned: false })).toEqual(['NOT_IN_PLAN query']);
  });

  it.each(streams)('the guide’s list binds %s money', (stream) => {
    for (const line of [
      'Flu jab',
      'Health screening',
      'NHS health check',
      'Private GP appointment',
      'NHS prescription',
      'Dental check-up',
    ]) {
      expect(assessed({ stream, receipt: receipt({ [line]: 2340n }) }).verdict).toBe('excluded');
    }
  });

  it('travel money is not tested against the list', () => {
    expect(
      assessed({ stream: 'TRANSPORT', planned: false, mcc: '7995', receipt: receipt({ 'NHS prescription': 2340n }) })
        .verdict,
    ).toBe('allowed');
  });

  it('a narrative or a merchant code only asks', () => {
    expect(rulesOf({ description: 'CARD PAYMENT TO MEADOW DENTAL PRACTI', mcc: '8021' })).toEqual(['DENTAL query']);
    expect(rulesOf({ description: 'CARD PURCHASE', mcc: '5921' })).toEqual(['ALCOHOL query']);
    expect(rulesOf({ description: 'PARK ROAD MEDICAL CENT' })).toEqual(['GP_SERVICE query']);
  });

  it('gambling’s own merchant code decides', () => {
    expect(rulesOf({ mcc: '7995' })).toEqual(['GAMBLING excluded']);
  });

  it('a confirmed dental practice is excluded, and asked about when the receipt says otherwise', () => {
    const payee = { name: 'Meadow House', kind: 'dental-site' };
    expect(rulesOf({ description: 'MEADOW HOUSE', payee })).toEqual(['DENTAL excluded']);
    expect(rulesOf({ payee, receipt: receipt({ 'Adult examination': 2340n }) })).toContain('DENTAL query');
    // Goods over the counter are not the service: a receipt's line outranks the payee's record.
    expect(rulesOf({ payee, receipt: receipt({ 'Electric toothbrush': 2340n }) })).toEqual([]);
  });

  it('a confirmed tree surgeon settles Oak Tree Surgery, and so does a receipt', () => {
    expect(
      assessed({ description: 'OAK TREE SURGERY', payee: { name: 'Oak Tree', kind: 'tree-surgeon' } }).verdict,
    ).toBe('allowed');
    expect(
      assessed({ description: 'OAK TREE SURGERY', receipt: receipt({ 'Felling of ash tree': 2340n }) }).verdict,
    ).toBe('allowed');
  });

  it('a receipt line that says nothing leaves the narrative’s question open', () => {
    expect(rulesOf({ description: 'MEADOW DENTAL', receipt: receipt({ 'Treatment 1': 2340n }) })).toContain(
      'DENTAL query',
    );
  });

  it('a receipt that does not add up is asked about for the difference', () => {
    const { verdict, findings } = assessed({ receipt: receipt({ 'Wet wipes': 1340n }) });
    expect(verdict).toBe('query');
    expect(findings[0]).toMatchObject({ rule: 'NO_EVIDENCE', amountPence: 1000n });
  });

  it('takes the statement’s sign for the receipt’s lines', () => {
    const { findings } = assessed({
      amountPence: -2340n,
      receipt: receipt({ 'NHS prescription': 990n, 'Wet wipes': 1350n }),
    });
    expect(findings.map((one) => one.amountPence)).toEqual([-990n, -1350n]);
  });

  it('a local rule can be switched off for an account', () => {
    const cash = spend({ description: 'CASH WITHDRAWAL', mcc: '6011' });
    expect(assessSpend(cash, nationalPolicy).verdict).toBe('query');
    expect(assessSpend(cash, nationalPolicy, { permittedRules: ['CASH', 'DENTAL'] }).verdict).toBe('allowed');
  });

  it('a club that meets at a school is asked about, not excluded', () => {
    expect(rulesOf({ receipt: receipt({ 'Holiday club at school': 2340n }) })).toEqual([
      'ON_PREMISES_NO_CONSENT query',
    ]);
  });

  it('a prescription hidden in a payslip’s expenses is excluded', () => {
    expect(rulesOf({ evidenceKind: 'payslip', description: 'Expenses: NHS prescription' })).toEqual([
      'PRESCRIPTION excluded',
    ]);
  });

  it.each([
    ['assistance dog vaccinations', 'Puppy vaccination'],
    ['swimming goggles', 'Prescription swimming goggles'],
    ['a relaxed cinema screening', 'ODEON RELAXED SCREENING'],
    ['Doctor Who', 'DOCTOR WHO EXPERIENCE'],
    ['ginger beer', 'Ginger beer'],
    ['hand gel', 'Alcohol hand gel'],
    ['football boots', 'Football boots'],
    ['a student loan on a payslip', 'Student loan deduction'],
    ['a hall', 'Hall rent for art club'],
    ['dog chews', 'Dental sticks for dogs'],
    ['St John Ambulance', 'ST JOHN AMBULANCE FIRST AID'],
    ['a laptop repair', 'LAPTOP SURGERY LEEDS'],
  ])('%s: innocent words do not trip a rule', (_what, text) => {
    expect(assessed({ description: text }).findings).toEqual([]);
    expect(assessed({ receipt: receipt({ [text]: 2340n }) }).findings).toEqual([]);
  });

  it('refuses a day on which no policy was in force', () => {
    expect(() => assessed({ date: '2010-01-01' })).toThrow(
      '/date is 1 January 2010, when no spending policy was in force: check the date.',
    );
  });

  it('takes the version that was in force on the day of service', () => {
    const later = { ...nationalPolicy, id: 'later', validFrom: '2026-01-01' };
    expect(policyInForce([nationalPolicy, later], '2025-12-31').id).toBe('national-2014-09');
    expect(policyInForce([nationalPolicy, later], '2026-01-01').id).toBe('later');
  });
});

describe('who is paid', () => {
  const brother = { name: 'Ben Shaw', relationship: 'brother', livesWithChild: always };
  const approval = { rule: 'HOUSEHOLD_FAMILY', payee: 'ben  shaw', from: '2026-05-01', to: '2026-05-31' };

  it.each(streams)('a brother at home is excluded for %s money', (stream) => {
    expect(assessed({ stream, payee: brother }).verdict).toBe('excluded');
  });

  it('a written exception for the rule, the person and the day allows it and is named', () => {
    const { verdict, findings } = assessed({ payee: brother, approvals: [approval] });
    expect(verdict).toBe('allowed');
    expect(findings[0]?.reason).toBe(
      'ben  shaw may be paid: a written exception to the rule “Employing a family member who lives with the child” was approved from 1 May 2026 to 31 May 2026.',
    );
  });

  it.each([
    ['another rule', { rule: 'SELF_PAYMENT' }],
    ['another person', { payee: 'Ben Shore' }],
    ['other days', { to: '2026-05-11' }],
  ])('an exception for %s changes nothing', (_what, change) => {
    expect(assessed({ payee: brother, approvals: [{ ...approval, ...change }] }).verdict).toBe('excluded');
  });

  it('no approval lifts an absolute rule', () => {
    const approvals = [{ rule: 'DENTAL', payee: 'Meadow', from: '2026-01-01' }];
    expect(assessed({ payee: { name: 'Meadow' }, approvals, receipt: receipt({ 'Dental bill': 2340n }) }).verdict).toBe(
      'excluded',
    );
  });

  it('a friend at home is asked about for health money, and for money whose stream is not known', () => {
    const payee = { name: 'Ana', relationship: 'friend', livesWithChild: always };
    expect(assessed({ payee, stream: 'HEALTH' }).verdict).toBe('query');
    expect(assessed({ payee, stream: 'EDU' }).verdict).toBe('allowed');
    expect(assessed({ payee, stream: 'UNALLOCATED' }).verdict).toBe('query');
  });

  it('social care also tests the recipient’s household', () => {
    const payee = { name: 'Pat', relationship: 'grandmother', livesWithChild: [], livesWithRecipient: always };
    expect(assessed({ payee, stream: 'SOCIAL_CHILD' }).verdict).toBe('excluded');
    expect(assessed({ payee, stream: 'EDU' }).verdict).toBe('allowed');
  });

  it('work dressed as a reimbursement is still work', () => {
    const description = 'Reimbursement';
    expect(assessed({ description, payee: brother, receipt: receipt({ '6 hours care': 2340n }) }).verdict).toBe(
      'excluded',
    );
  });

  it.each([
    'step-sister',
    'Half brother',
    'great-aunt',
    'mother-in-law',
    'grand-mother',
    'stepfather',
    'cousin',
    'husband',
  ])('a %s at home is family', (relationship) => {
    expect(assessed({ payee: { name: 'Pat', relationship, livesWithChild: always } }).verdict).toBe('excluded');
  });

  it('a relationship that is not recorded is asked about, never guessed', () => {
    expect(assessed({ payee: { name: 'Pat', livesWithChild: always } }).verdict).toBe('query');
  });
});

describe('reasons', () => {
  it('a person can read them', () => {
    const reasons = [
      assessed({ description: 'BOOTS 0412', receipt: receipt({ 'NHS prescription': 990n, 'Wet wipes': 1350n }) }),
      assessed({ description: 'OAK TREE SURGERY' }),
      assessed({ payee: { name: 'Ben', relationship: 'brother', livesWithChild: always } }),
      assessed({ planned: false }),
    ].flatMap((one) => one.findings.map((each) => each.reason));
    expect(reasons).toEqual([
      'The receipt shows “NHS prescription” for £9.90, and a personal budget cannot pay prescription charges. Children under 16 do not pay this charge, so if it was for your child please ask the pharmacy; otherwise please put this amount back into the account from your own money.',
      'The receipt shows “Wet wipes” for £13.50, which meets an agreed line of the plan.',
      'The bank line reads “OAK TREE SURGERY”, which may be fine; a personal budget cannot pay for services that a GP (family doctor) provides. Please send the receipt, or tell us in a sentence what it was for.',
      'Ben (brother) was living with your child on 12 May 2026, and as a general rule a personal budget cannot pay a family member who lives with your child. There can be exceptional circumstances: please ask the council (or the NHS, for health money) for written approval before paying again, and tell us if the dates are wrong.',
      '“SWIMMING LESSONS” is on the account for £23.40; it has not been matched to an agreed line of the plan yet. Please tell us which outcome it was for, or ask for the plan to be changed.',
    ]);
  });
});
