import { addMonths, type Money } from '@ringfence/kernel';
import { dayOf, workday, type DemoYear } from '../demo-year.js';
import { inBankOrder, pounds, type Family, type Movement, type SupportingDocument } from '../scenario.js';
import { instalmentDay, instalmentsPaid, monthlySchedule, startUp } from './instalments.js';

const respiteRatePence = pounds('23.50');

/** Hours of respite on the 10th and the 20th, by calendar month. What is not used is saved for the holiday. */
const respiteHours: Readonly<Record<number, readonly [number, number]>> = {
  1: [12, 10],
  2: [12, 8],
  3: [10, 12],
  4: [14, 10],
  5: [8, 12],
  6: [10, 10],
  7: [12, 14],
  8: [6, 0],
  9: [10, 12],
  10: [12, 12],
  11: [10, 10],
  12: [14, 6],
};

/**
 * Ben's health and social care money in one account: respite hours that may be saved, carers from an agency in Spain
 * on the family's holiday, journeys to a hospital in London; and the usual trouble.
 */
export function jacobs(year: DemoYear): Family {
  const care = monthlySchedule(year, { key: 'ben-care', stream: 'SOCIAL_CHILD', amountPence: pounds('620.00') });
  const health = monthlySchedule(year, { key: 'ben-health', stream: 'HEALTH', amountPence: pounds('240.00') });
  const careStart = startUp(year, { key: 'ben-care-start', stream: 'SOCIAL_CHILD', amountPence: pounds('1000.00') });
  const healthStart = startUp(year, { key: 'ben-health-start', stream: 'HEALTH', amountPence: pounds('200.00') });
  const common = { holder: 'FAMILY', from: year.first, to: year.agreedUntil } as const;
  const lateOn = dayOf(year.month(12), instalmentDay);
  const council = { who: 'FERNSHIRE COUNTY COUNCIL', reference: 'DP BEN' };
  const board = { who: 'FERNSHIRE AND VALE INTEGRATED CARE BOARD', reference: 'PHB BEN' };
  const journeys = [1, 3, 5, 7, 9, 11].flatMap((number) => journey(year, number));
  const trouble = troubleOf(year);
  return {
    key: 'jacobs',
    authority: 'council',
    recipient: {
      name: 'Aaron Jacobs',
      email: 'aaron@jacobs.example',
      says: 'Father of Ben: health and social care money in one account',
    },
    account: {
      bank: 'Monzo',
      kind: 'OWN_BANK',
      name: 'Ben’s support account',
      holder: 'A Jacobs',
      sortCode: '040004',
      accountNumber: '73310428',
      openedOn: year.first,
      uploadedBy: 'recipient',
    },
    budgets: [
      {
        key: 'ben',
        reference: 'FS-1003',
        child: { name: 'Ben Jacobs', dateOfBirth: addMonths(year.first, -11 * 12 - 2) },
        plan: 'EHC_PLAN',
        outcomes: [
          { reference: '4.1', description: 'Ben’s parents rest, and Ben has time with carers he likes' },
          { reference: '5.1', description: 'Ben gets to his appointments and comes home the same day' },
          { reference: '5.2', description: 'Ben’s skin stays well, and his chair is dry in any weather' },
        ],
        payees: [
          { key: 'harbour', name: 'Harbour Care Agency', kind: 'AGENCY', names: ['HARBOUR CARE'] },
          { key: 'sol', name: 'Cuidados del Sol', kind: 'AGENCY' },
          { key: 'rail', name: 'Northvale Rail', kind: 'OTHER' },
          { key: 'nook', name: 'Mobility Nook', kind: 'SHOP' },
        ],
        agreements: [
          {
            payer: 'council',
            from: year.first,
            changes: [],
            lines: [
              {
                ...common,
                key: 'respite',
                name: 'Respite at home',
                stream: 'SOCIAL_CHILD',
                section: 'H1',
                outcome: '4.1',
                amountPence: pounds('13160.00'),
                hours: { quantity: '560', unit: 'hours', ratePence: respiteRatePence },
                payee: 'harbour',
              },
              {
                ...common,
                key: 'spain',
                name: 'Respite on the family holiday',
                stream: 'SOCIAL_CHILD',
                section: 'H1',
                outcome: '4.1',
                amountPence: pounds('1500.00'),
                payee: 'sol',
              },
            ],
            schedules: [care, careStart],
          },
          {
            payer: 'icb',
            from: year.first,
            changes: [],
            lines: [
              {
                ...common,
                key: 'travel',
                name: 'Travel to hospital in London',
                stream: 'HEALTH',
                section: 'G',
                outcome: '5.1',
                amountPence: pounds('2000.00'),
                payee: 'rail',
              },
              {
                ...common,
                key: 'chair',
                name: 'Wheelchair accessories',
                stream: 'HEALTH',
                section: 'G',
                outcome: '5.2',
                amountPence: pounds('500.00'),
                payee: 'nook',
              },
              {
                ...common,
                key: 'skin',
                name: 'Skin care and supplies',
                stream: 'HEALTH',
                section: 'G',
                outcome: '5.2',
                amountPence: pounds('600.00'),
              },
            ],
            schedules: [health, healthStart],
          },
        ],
      },
    ],
    movements: inBankOrder([
      ...instalmentsPaid(year, careStart, council),
      ...instalmentsPaid(year, healthStart, board),
      ...instalmentsPaid(year, care, council),
      ...instalmentsPaid(year, health, { ...board, lateDays: new Map([[lateOn, 16]]) }),
      ...year.months.flatMap((month) => respite(year, month.number)),
      ...journeys.map(({ movement }) => movement),
      ...trouble.map(({ movement }) => movement),
    ]),
    payRuns: [],
    documents: [...journeys, ...trouble].flatMap(({ document }) => document ?? []),
    missingMonths: [],
  };
}

interface Told {
  readonly movement: Movement;
  readonly document?: SupportingDocument | undefined;
}

function respite(year: DemoYear, monthNumber: number): Movement[] {
  return [10, 20].flatMap((day, order) => {
    const hours = respiteHours[monthNumber]![order]!;
    if (hours === 0) return [];
    const movement: Movement = {
      key: `respite ${monthNumber}.${order + 1}`,
      date: year.on(monthNumber, day),
      amountPence: -respiteRatePence * BigInt(hours),
      move: 'transfer',
      who: 'HARBOUR CARE AGENCY',
      reference: `BEN ${hours} HOURS`,
      about: { kind: 'line', line: 'respite' },
    };
    return [movement];
  });
}

/** The train to the hospital, and the taxi from the station, which no payee's name explains. */
function journey(year: DemoYear, monthNumber: number): Told[] {
  const date = year.on(monthNumber, 9);
  return [
    {
      movement: {
        key: `train ${monthNumber}`,
        date,
        amountPence: -pounds('58.40'),
        move: 'card',
        who: 'NORTHVALE RAIL',
        about: { kind: 'line', line: 'travel' },
      },
    },
    {
      movement: {
        key: `taxi ${monthNumber}`,
        date,
        amountPence: -pounds('18.40'),
        move: 'card',
        who: 'CITY BLACK CABS LONDON',
        about: {
          kind: 'parts',
          parts: [{ line: 'travel', amountPence: -pounds('18.40') }],
          reasons: 'The taxi from the station to the hospital, by the receipt.',
        },
      },
      document: document(`taxi ${monthNumber}`, 'png', 'City Black Cabs', date, [['Station to hospital', '18.40']]),
    },
  ];
}

function troubleOf(year: DemoYear): Told[] {
  const [chemist, letter, covers, holiday] = [year.on(4, 16), year.on(6, 4), year.on(10, 7), year.on(8, 12)];
  const benefit = year.on(9, 3);
  const left = (why: string) => ({ kind: 'left', why }) as const;
  const family = (amountPence: Money, reasons: string) =>
    ({ kind: 'parts', parts: [{ familyMoneyOf: 'ben', amountPence }], reasons }) as const;
  return [
    {
      movement: card('late cancellation', year.on(2, 24), '70.50', 'HARBOUR CARE AGENCY LATE CANCELLATION CHARGE', {
        kind: 'line',
        line: 'respite',
      }),
    },
    {
      movement: card('chemist', chemist, '23.40', 'BOOTS 2214 FERNBRIDGE', {
        kind: 'parts',
        parts: [{ line: 'skin', amountPence: -pounds('13.50') }],
        reasons: 'The wipes are agreed. The prescription charge is not, and stays open until it is put back.',
      }),
      document: document('chemist', 'png', 'Boots', chemist, [
        ['NHS prescription', '9.90'],
        ['Wet wipes', '13.50'],
      ]),
    },
    {
      movement: card('letter', letter, '35.00', 'ELM ROAD SURGERY', left('The surgery’s fee for a letter: excluded.')),
      document: document('letter', 'pdf', 'Elm Road Surgery', letter, [['GP letter fee', '35.00']]),
    },
    {
      movement: card('rain covers', covers, '64.95', 'MOBILITY NOOK', { kind: 'line', line: 'chair' }),
      document: document('rain covers', 'pdf', 'Mobility Nook', covers, [['Wheelchair rain cover, 2', '64.95']]),
    },
    {
      movement: {
        ...card('spain', holiday, '669.24', 'CUIDADOS DEL SOL SL', { kind: 'line', line: 'spain' }),
        original: { amount: '-780.00', currency: 'EUR' },
      },
      document: document('spain', 'pdf', 'Cuidados del Sol SL', holiday, [['Carers, 39 hours, EUR 780.00', '669.24']]),
    },
    {
      movement: {
        key: 'benefit',
        date: benefit,
        amountPence: pounds('441.60'),
        move: 'credit',
        who: 'DWP DLA',
        reference: 'BENEFIT',
        about: family(pounds('441.60'), 'Ben’s own benefit, paid into the wrong account.'),
      },
    },
    {
      movement: {
        key: 'benefit moved',
        date: workday(dayOf(year.month(9), 8)),
        amountPence: -pounds('441.60'),
        move: 'transfer',
        who: 'A JACOBS',
        reference: 'DLA MOVED',
        about: family(-pounds('441.60'), 'The benefit, moved to the family’s own account.'),
      },
    },
    { movement: card('toy', year.on(11, 18), '27.99', 'PAYPAL *TOYTOWN', left('Nobody knows yet what this bought.')) },
  ];
}

function card(key: string, date: string, amount: string, who: string, about: Movement['about']): Movement {
  return { key, date, amountPence: -pounds(amount), move: 'card', who, about };
}

function document(
  movement: string,
  form: SupportingDocument['form'],
  supplier: string,
  date: string,
  lines: readonly (readonly [string, string])[],
): SupportingDocument {
  const typed = lines.map(([description, amount]) => ({ description, amountPence: pounds(amount) }));
  return { movement, budget: 'ben', form, title: 'Receipt', supplier, date, lines: typed };
}
