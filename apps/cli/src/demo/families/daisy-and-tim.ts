import { addMonths, type Money } from '@ringfence/kernel';
import { dayOf, workday, type DemoYear } from '../demo-year.js';
import {
  inBankOrder,
  pounds,
  type BudgetScenario,
  type Family,
  type LineScenario,
  type Movement,
  type SupportingDocument,
} from '../scenario.js';
import { instalmentsPaid, monthlySchedule, startUp } from './instalments.js';

/** Before and after school, a day and child. */
const dayRatePence = pounds('16.20');
const nightRatePence = pounds('62.50');
/** The one break a month is of two nights. */
const nightsAMonth = 2;
const lessonsAMonthPence = pounds('105.00');

/** Days that Daisy went to the childminder, by calendar month. Tim swims twice a month and misses those days. */
const schoolDays: Readonly<Record<number, number>> = {
  1: 19,
  2: 15,
  3: 21,
  4: 8,
  5: 19,
  6: 21,
  7: 15,
  8: 0,
  9: 20,
  10: 17,
  11: 20,
  12: 14,
};

/**
 * A brother and a sister who live with their grandmother: two budgets in one account, one childminder for both, and a
 * monthly break of two nights that the family agreed with her.
 */
export function daisyAndTim(year: DemoYear): Family {
  const daisyMonthly = monthlySchedule(year, {
    key: 'daisy-care',
    stream: 'SOCIAL_CHILD',
    amountPence: pounds('390.00'),
  });
  const timMonthly = monthlySchedule(year, { key: 'tim-care', stream: 'SOCIAL_CHILD', amountPence: pounds('360.00') });
  const careStart = startUp(year, { key: 'daisy-care-start', stream: 'SOCIAL_CHILD', amountPence: pounds('160.00') });
  const timStart = startUp(year, { key: 'tim-care-start', stream: 'SOCIAL_CHILD', amountPence: pounds('140.00') });
  const musicStart = startUp(year, { key: 'daisy-music-start', stream: 'EDU', amountPence: pounds('315.00') });
  const terms = termDays(year);
  const musicTermly = {
    key: 'daisy-music',
    stream: 'EDU',
    kind: 'REGULAR',
    frequency: 'TERMLY',
    amountPence: pounds('350.00'),
    firstDueOn: terms[0]!,
    lastDueOn: terms.at(-1)!,
    termlyDueOn: terms,
  } as const;
  const care = (child: 'daisy' | 'tim', section: LineScenario['section']): LineScenario[] => [
    {
      ...common(year, section),
      key: `${child}-days`,
      name: 'Childminder before and after school',
      outcome: '2.1',
      ...byRate('380', 'days', dayRatePence, 6_156_00n),
      payee: `${child}-childminder`,
    },
    {
      ...common(year, section),
      key: `${child}-nights`,
      name: 'Monthly two-night break',
      outcome: '2.2',
      ...byRate('48', 'nights', nightRatePence, 3_000_00n),
      payee: `${child}-childminder`,
    },
  ];
  const daisy: BudgetScenario = {
    key: 'daisy',
    reference: 'FS-1001',
    child: { name: 'Daisy Ellery', dateOfBirth: addMonths(year.first, -8 * 12 - 3) },
    plan: 'EHC_PLAN',
    outcomes: [
      { reference: '2.1', description: 'Daisy starts and ends the school day calmly with somebody she knows' },
      { reference: '2.2', description: 'Daisy stays away from home for two nights a month, and her grandmother rests' },
      { reference: '3.1', description: 'Daisy plays in a group and waits for her turn' },
    ],
    payees: [
      { key: 'daisy-childminder', ...childminder },
      { key: 'music', name: 'Fernshire Music Hub', kind: 'CLUB', names: ['FERNSHIRE MUSIC'] },
    ],
    agreements: [
      {
        payer: 'council',
        from: year.first,
        changes: [],
        lines: [
          ...care('daisy', 'H1'),
          {
            ...common(year, 'F'),
            key: 'daisy-music-line',
            name: 'Music lessons in a small group',
            stream: 'EDU',
            outcome: '3.1',
            ...byRate('20', 'months of lessons', lessonsAMonthPence, 2_100_00n),
            payee: 'music',
          },
        ],
        schedules: [daisyMonthly, careStart, musicStart, musicTermly],
      },
    ],
  };
  const tim: BudgetScenario = {
    key: 'tim',
    reference: 'FS-1002',
    child: { name: 'Tim Ellery', dateOfBirth: addMonths(year.first, -7 * 12 - 5) },
    plan: 'CHILD_IN_NEED_PLAN',
    outcomes: [
      { reference: '2.1', description: 'Tim starts and ends the school day with somebody he knows' },
      { reference: '2.2', description: 'Tim stays away from home for two nights a month, with his sister' },
      { reference: '2.3', description: 'Tim has a quiet corner to go to when it is too much' },
    ],
    payees: [
      { key: 'tim-childminder', ...childminder },
      { key: 'toys', name: 'Calm Corner Toys', kind: 'SHOP' },
    ],
    agreements: [
      {
        payer: 'council',
        from: year.first,
        changes: [],
        lines: [
          ...care('tim', 'OTHER'),
          {
            ...common(year, 'OTHER'),
            key: 'tim-corner',
            name: 'Things for the quiet corner',
            outcome: '2.3',
            amountPence: pounds('300.00'),
            payee: 'toys',
          },
        ],
        schedules: [timMonthly, timStart],
      },
    ],
  };

  const council = (reference: string) => ({ who: 'FERNSHIRE COUNTY COUNCIL', reference });
  const invoices = year.months.map((month) => invoice(year, month.number));
  const corner = year.on(2, 11);
  const movements = inBankOrder([
    ...instalmentsPaid(year, daisyMonthly, council('DP DAISY')),
    ...instalmentsPaid(year, timMonthly, council('DP TIM')),
    ...instalmentsPaid(year, careStart, council('DP DAISY')),
    ...instalmentsPaid(year, timStart, council('DP TIM')),
    ...instalmentsPaid(year, musicStart, council('DP DAISY EDU')),
    ...instalmentsPaid(year, musicTermly, council('DP DAISY EDU')),
    ...invoices.map(({ movement }) => movement),
    ...year.months
      .filter(({ number }) => number !== 7 && number !== 8)
      .map((month): Movement => ({
        key: `music ${month.number}`,
        date: workday(dayOf(month, 24)),
        amountPence: -lessonsAMonthPence,
        move: 'direct-debit',
        who: 'FERNSHIRE MUSIC HUB',
        reference: 'DAISY E',
        about: { kind: 'line', line: 'daisy-music-line' },
      })),
    {
      key: 'corner',
      date: corner,
      amountPence: -pounds('48.50'),
      move: 'card',
      who: 'CALM CORNER TOYS',
      about: { kind: 'line', line: 'tim-corner' },
    },
    {
      key: 'cash',
      date: year.on(3, 12),
      amountPence: -pounds('40.00'),
      move: 'cash',
      who: 'CASHPOINT HIGH STREET FERNBRIDGE',
      about: { kind: 'left', why: 'Cash was taken out, and nobody has said what for.' },
    },
  ]);
  return {
    key: 'daisy-and-tim',
    authority: 'council',
    recipient: {
      name: 'Maureen Ellery',
      email: 'maureen@ellery.example',
      says: 'Grandmother of Daisy and Tim: two budgets, one account',
    },
    account: {
      bank: 'Lloyds',
      kind: 'OWN_BANK',
      name: 'Daisy and Tim’s account',
      holder: 'M Ellery',
      sortCode: '309812',
      accountNumber: '41872236',
      openedOn: year.first,
      uploadedBy: 'recipient',
    },
    budgets: [daisy, tim],
    movements,
    payRuns: [],
    documents: [
      ...invoices.map(({ document }) => document),
      {
        movement: 'corner',
        budget: 'tim',
        form: 'png',
        title: 'RECEIPT',
        supplier: 'Calm Corner Toys',
        date: corner,
        lines: [
          { description: 'Weighted lap pad', amountPence: pounds('32.00') },
          { description: 'Bubble timer', amountPence: pounds('16.50') },
        ],
      },
    ],
    missingMonths: [],
    sentTwice: 4,
  };
}

const childminder = {
  name: 'Priya Nandakumar Childminding',
  kind: 'CHILDMINDER',
  names: ['P NANDAKUMAR', 'Priya Nandakumar'],
  relationship: 'none',
} as const;

/** One invoice a month for both children, split by what each of them had. */
function invoice(year: DemoYear, monthNumber: number): { movement: Movement; document: SupportingDocument } {
  const days = { daisy: schoolDays[monthNumber]!, tim: Math.max(0, schoolDays[monthNumber]! - 2) };
  const date = year.on(monthNumber, 28);
  const nights: Money = nightRatePence * BigInt(nightsAMonth);
  const charges = (['daisy', 'tim'] as const).flatMap((child) => [
    { child, line: `${child}-days`, amountPence: dayRatePence * BigInt(days[child]), what: `${days[child]} days` },
    { child, line: `${child}-nights`, amountPence: nights, what: `${nightsAMonth} nights` },
  ]);
  const charged = charges.filter(({ amountPence }) => amountPence > 0n);
  const total = charged.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  const key = `childminder ${monthNumber}`;
  return {
    movement: {
      key,
      date,
      amountPence: -total,
      move: 'transfer',
      who: 'P NANDAKUMAR',
      reference: 'DAISY AND TIM',
      about: {
        kind: 'parts',
        parts: charged.map(({ line, amountPence }) => ({ line, amountPence: -amountPence })),
        reasons: 'One invoice for both children: each child’s own days, and half of the nights each.',
      },
    },
    document: {
      movement: key,
      budget: 'daisy',
      form: 'pdf',
      title: `Invoice ${date.slice(0, 7)}`,
      supplier: 'Priya Nandakumar Childminding',
      date,
      lines: charged.map(({ child, what, amountPence }) => ({
        description: `${child === 'daisy' ? 'Daisy' : 'Tim'}: ${what}`,
        amountPence,
      })),
    },
  };
}

/** The first days of the three terms, for the two years of the agreement. */
function termDays(year: DemoYear): string[] {
  const own = [year.on(1, 6), year.on(4, 20), year.on(9, 7)];
  return [...own, ...own.map((day) => workday(addMonths(day, 12)))].sort();
}

function common(year: DemoYear, section: LineScenario['section']) {
  return { stream: 'SOCIAL_CHILD', section, holder: 'FAMILY', from: year.first, to: year.agreedUntil } as const;
}

function byRate(quantity: string, unit: string, ratePence: Money, amountPence: Money) {
  return { hours: { quantity, unit, ratePence }, amountPence };
}
