import { addMonths, type Money } from '@ringfence/kernel';
import type { DemoBank } from '../bank/bank-statement.js';
import { dayOf, workday, type DemoYear } from '../demo-year.js';
import { Random } from '../random.js';
import { inBankOrder, pounds, type Family, type LineScenario, type Movement } from '../scenario.js';
import { dueDays, instalmentsPaid, monthlySchedule } from './instalments.js';

interface Seed {
  readonly authority: 'council' | 'icb';
  readonly child: string;
  readonly recipient: string;
  readonly bank: DemoBank;
  readonly stream: 'EDU' | 'SOCIAL_CHILD' | 'HEALTH';
  readonly payee: readonly [name: string, kind: 'AGENCY' | 'CLUB' | 'THERAPIST'];
  readonly line: string;
  readonly outcome: string;
  /** Places in the year, from 0. */
  readonly missingMonth?: number;
  readonly neverPaidMonth?: number;
  /** Months at the end of the year that nobody has looked at yet. */
  readonly undoneMonths?: number;
}

const seeds: readonly Seed[] = [
  {
    authority: 'council',
    child: 'Amara Osei',
    recipient: 'Grace Osei',
    bank: 'HSBC',
    stream: 'SOCIAL_CHILD',
    payee: ['Hilltop Holiday Club', 'CLUB'],
    line: 'Holiday and Saturday club',
    outcome: 'Amara has friends whom she sees outside school',
  },
  {
    authority: 'council',
    child: 'Noah Lindqvist',
    recipient: 'Petra Lindqvist',
    bank: 'Nationwide',
    stream: 'EDU',
    payee: ['Bright Steps Tuition', 'THERAPIST'],
    line: 'Tuition in reading',
    outcome: 'Noah reads a page aloud',
    undoneMonths: 3,
  },
  {
    authority: 'council',
    child: 'Isla Brennan',
    recipient: 'Declan Brennan',
    bank: 'Santander',
    stream: 'SOCIAL_CHILD',
    payee: ['Larkfield Care', 'AGENCY'],
    line: 'Support at home',
    outcome: 'Isla’s parents have an evening a week to themselves',
    missingMonth: 7,
  },
  {
    authority: 'council',
    child: 'Yusuf Karim',
    recipient: 'Samira Karim',
    bank: 'Fernshire Building Society',
    stream: 'SOCIAL_CHILD',
    payee: ['Fernbridge Swimming Club', 'CLUB'],
    line: 'Swimming with one to one support',
    outcome: 'Yusuf swims with others of his age',
  },
  {
    authority: 'council',
    child: 'Megan Price',
    recipient: 'Rhys Price',
    bank: 'HSBC',
    stream: 'EDU',
    payee: ['Sound Start Therapy', 'THERAPIST'],
    line: 'Speech and language therapy',
    outcome: 'Megan asks for what she wants in three words',
    neverPaidMonth: 10,
  },
  {
    authority: 'council',
    child: 'Oscar Tennant',
    recipient: 'Beth Tennant',
    bank: 'Nationwide',
    stream: 'SOCIAL_CHILD',
    payee: ['Wildwood Forest Group', 'CLUB'],
    line: 'Forest group on Saturdays',
    outcome: 'Oscar is calmer after a day outside',
    undoneMonths: 1,
  },
  {
    authority: 'council',
    child: 'Leila Haddad',
    recipient: 'Nour Haddad',
    bank: 'Fernshire Building Society',
    stream: 'EDU',
    payee: ['Open Door Learning', 'CLUB'],
    line: 'Learning in a small group',
    outcome: 'Leila learns beside other children',
  },
  {
    authority: 'council',
    child: 'Jude Farrow',
    recipient: 'Ellen Farrow',
    bank: 'Santander',
    stream: 'SOCIAL_CHILD',
    payee: ['Steady Hands Support', 'AGENCY'],
    line: 'Somebody to go out with',
    outcome: 'Jude goes to the shop and to the library',
  },
  {
    authority: 'icb',
    child: 'Freya Nolan',
    recipient: 'Cara Nolan',
    bank: 'HSBC',
    stream: 'HEALTH',
    payee: ['Riverside Hydrotherapy', 'THERAPIST'],
    line: 'Hydrotherapy',
    outcome: 'Freya moves in the water without pain',
  },
  {
    authority: 'icb',
    child: 'Kofi Mensah',
    recipient: 'Abena Mensah',
    bank: 'Nationwide',
    stream: 'HEALTH',
    payee: ['Harbour Lights Nursing', 'AGENCY'],
    line: 'Nursing at home',
    outcome: 'Kofi’s family sleeps two nights a week',
  },
];

/** Shops and transfers that the bank’s words do not explain: what an officer finds on an ordinary morning. */
const unexplained: readonly (readonly [who: string, move: Movement['move'], why: string])[] = [
  ['AMAZON.CO.UK', 'card', 'A market place says nothing of what was bought.'],
  ['TESCO STORES 2214', 'card', 'Food is a living cost unless the plan says otherwise.'],
  ['ARGOS FERNBRIDGE', 'card', 'Nobody has said yet what this bought.'],
  ['CASHPOINT MARKET SQUARE', 'cash', 'Cash was taken out.'],
  ['J SMITH', 'transfer', 'A transfer to somebody who is no payee of the plan.'],
];

/** Ten families of one budget each, whose files the officer uploads as they come by post and email. */
export function smallFamilies(year: DemoYear): Family[] {
  return seeds.map((seed, order) => smallFamily(year, seed, order + 1));
}

function smallFamily(year: DemoYear, seed: Seed, number: number): Family {
  const random = new Random(seed.child);
  const key = `small-${number}`;
  const visitPence = pounds(`${random.between(28, 46)}.${random.oneOf(['00', '50'])}`);
  const visits = random.between(4, 7);
  const amountPence: Money = visitPence * BigInt(visits) + BigInt(random.between(15, 40) * 100);
  const schedule = monthlySchedule(year, { key: `${key}-monthly`, stream: seed.stream, amountPence });
  const [payeeName, payeeKind] = seed.payee;
  const section = { EDU: 'F', SOCIAL_CHILD: 'OTHER', HEALTH: 'OTHER' } as const;
  const plan = { EDU: 'EHC_PLAN', SOCIAL_CHILD: 'CHILD_IN_NEED_PLAN', HEALTH: 'NHS_CARE_PLAN' } as const;
  const line: LineScenario = {
    key: `${key}-line`,
    name: seed.line,
    stream: seed.stream,
    section: section[seed.stream],
    holder: 'FAMILY',
    outcome: '1.1',
    amountPence: amountPence * 24n,
    payee: `${key}-payee`,
    from: year.first,
    to: year.agreedUntil,
  };
  const undoneFrom = seed.undoneMonths === undefined ? undefined : year.months.at(-seed.undoneMonths)!.first;
  const neverPaid = seed.neverPaidMonth === undefined ? [] : [dueDays(year, schedule)[seed.neverPaidMonth]!];
  const payer = { council: 'FERNSHIRE COUNTY COUNCIL', icb: 'FERNSHIRE AND VALE ICB' }[seed.authority];
  const movements = inBankOrder([
    ...instalmentsPaid(year, schedule, { who: payer, reference: `DP ${number}`, neverPaid }),
    ...year.months.flatMap((month): Movement[] => {
      const taken = random.between(visits - 2, visits);
      const paid: Movement = {
        key: `payee ${month.number}`,
        date: workday(dayOf(month, 27)),
        amountPence: -visitPence * BigInt(taken),
        move: 'transfer',
        who: payeeName.toUpperCase(),
        reference: `${taken} VISITS`,
        about: { kind: 'line', line: line.key },
      };
      if (random.between(1, 6) > 1) return [paid];
      const [who, move, why] = random.oneOf(unexplained);
      const amount = -pounds(`${random.between(4, 19)}.${random.between(10, 99)}`);
      const date = workday(dayOf(month, 26));
      return [
        { key: `unexplained ${month.number}`, date, amountPence: amount, move, who, about: { kind: 'left', why } },
        paid,
      ];
    }),
  ]).map((movement): Movement => {
    if (undoneFrom === undefined || movement.date < undoneFrom) return movement;
    return { ...movement, about: { kind: 'left', why: 'The newest statements wait to be looked at.' } };
  });
  const digits = String(number).padStart(2, '0');
  return {
    key,
    authority: seed.authority,
    recipient: { name: seed.recipient },
    account: {
      bank: seed.bank,
      kind: 'OWN_BANK',
      name: `${seed.child.split(' ')[0]}’s account`,
      holder: seed.recipient,
      sortCode: `4012${digits}`,
      accountNumber: `310456${digits}`,
      openedOn: year.first,
      uploadedBy: 'officer',
    },
    budgets: [
      {
        key,
        reference: `${seed.authority === 'council' ? 'FS' : 'FV'}-${seed.authority === 'council' ? 1100 + number : 2100 + number}`,
        child: { name: seed.child, dateOfBirth: addMonths(year.first, -(random.between(5, 14) * 12 + number)) },
        plan: plan[seed.stream],
        outcomes: [{ reference: '1.1', description: seed.outcome }],
        payees: [{ key: `${key}-payee`, name: payeeName, kind: payeeKind, relationship: 'none' }],
        agreements: [{ payer: seed.authority, from: year.first, changes: [], lines: [line], schedules: [schedule] }],
      },
    ],
    movements,
    payRuns: [],
    documents: [],
    missingMonths: seed.missingMonth === undefined ? [] : [seed.missingMonth],
  };
}
