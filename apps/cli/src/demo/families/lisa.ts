import { addDays, addMonths } from '@ringfence/kernel';
import { dayOf, workday, type DemoYear } from '../demo-year.js';
import { inBankOrder, pounds, type Family, type LineScenario, type Movement } from '../scenario.js';
import { instalmentDay, instalmentsPaid, monthlySchedule, startUp } from './instalments.js';
import { lisasPayments, lisasPayRuns, upliftPlace } from './lisa-payroll.js';

/**
 * Health and social care pay together. One organisation holds the money and another runs the payroll; the hours go up
 * in the eighth month; a brother works in term and may not be paid while he lives at home in the summer.
 */
export function lisa(year: DemoYear): Family {
  const uplift = year.months[upliftPlace]!;
  const health = monthlySchedule(year, { key: 'lisa-health', stream: 'HEALTH', amountPence: pounds('1850.00') });
  const care = monthlySchedule(year, { key: 'lisa-care', stream: 'SOCIAL_CHILD', amountPence: pounds('930.00') });
  const raised = { kind: 'UPLIFT', firstDueOn: addDays(uplift.first, instalmentDay - 1) } as const;
  const moreHealth = monthlySchedule(year, {
    key: 'lisa-more-health',
    stream: 'HEALTH',
    amountPence: pounds('430.00'),
    ...raised,
  });
  const moreCare = monthlySchedule(year, {
    key: 'lisa-more-care',
    stream: 'SOCIAL_CHILD',
    amountPence: pounds('185.00'),
    ...raised,
  });
  const healthStart = startUp(year, { key: 'lisa-health-start', stream: 'HEALTH', amountPence: pounds('400.00') });
  const careStart = startUp(year, { key: 'lisa-care-start', stream: 'SOCIAL_CHILD', amountPence: pounds('300.00') });
  const line = (
    terms: Pick<LineScenario, 'key' | 'name' | 'stream' | 'outcome' | 'amountPence'> & Partial<LineScenario>,
  ): LineScenario => ({ section: 'OTHER', holder: 'ORGANISATION', from: year.first, to: year.agreedUntil, ...terms });
  const change = (changesServices: boolean, reason: string) => [
    { from: uplift.first, signedOn: addDays(uplift.first, -10), changesServices, reason },
  ];
  const runs = lisasPayRuns(year);
  const board = { who: 'FERNSHIRE AND VALE INTEGRATED CARE BOARD', reference: 'PHB LISA' };
  const council = { who: 'FERNSHIRE COUNTY COUNCIL', reference: 'DP LISA' };
  return {
    key: 'lisa',
    authority: 'icb',
    recipient: {
      name: 'Joanna Haworth',
      email: 'joanna@haworth.example',
      says: 'Mother of Lisa: an organisation holds the money, a bureau pays the carers',
    },
    account: {
      bank: 'NatWest',
      kind: 'MANAGED',
      name: 'Lisa Haworth, held by Anchorage',
      holder: 'Anchorage Lisa H',
      organisation: 'anchorage',
      sortCode: '601234',
      accountNumber: '20481937',
      openedOn: year.first,
      uploadedBy: 'organisation',
    },
    budgets: [
      {
        key: 'lisa',
        reference: 'FV-2001',
        child: { name: 'Lisa Haworth', dateOfBirth: addMonths(year.first, -10 * 12 - 1) },
        plan: 'NHS_CARE_PLAN',
        outcomes: [
          { reference: '1', description: 'Lisa is safe at night, and her mother sleeps' },
          { reference: '2', description: 'Lisa is comfortable and moves more easily' },
        ],
        payees: [
          {
            key: 'dawn',
            name: 'Dawn Pickering',
            kind: 'PERSONAL_ASSISTANT',
            employeeReference: 'BW-301',
            relationship: 'none',
          },
          {
            key: 'kezia',
            name: 'Kezia Obi',
            kind: 'PERSONAL_ASSISTANT',
            employeeReference: 'BW-302',
            relationship: 'none',
          },
          {
            key: 'callum',
            name: 'Callum Haworth',
            kind: 'PERSONAL_ASSISTANT',
            employeeReference: 'BW-303',
            relationship: 'brother',
            livesWithChild: { from: dayOf(year.month(7), 1), to: dayOf(year.month(9), 15) },
          },
          { key: 'massage', name: 'Stillwater Massage Therapy', kind: 'THERAPIST', names: ['STILLWATER'] },
          { key: 'equipment', name: 'Riverbank Sleep Equipment', kind: 'SHOP', names: ['RIVERBANK SLEEP'] },
          { key: 'agency', name: 'Meadow Nursing Agency', kind: 'AGENCY', names: ['MEADOW NURSING'] },
        ],
        agreements: [
          {
            payer: 'icb',
            from: year.first,
            changes: change(
              true,
              'Lisa needs somebody awake at night more often: twenty hours a month more of each carer.',
            ),
            lines: [
              line({
                key: 'carers-health',
                name: 'Carers at night',
                stream: 'HEALTH',
                outcome: '1',
                amountPence: pounds('46000.00'),
              }),
              line({
                key: 'therapy',
                name: 'Massage therapy',
                stream: 'HEALTH',
                outcome: '2',
                amountPence: pounds('2400.00'),
                payee: 'massage',
              }),
              line({
                key: 'bed',
                name: 'Sleep equipment',
                stream: 'HEALTH',
                outcome: '2',
                amountPence: pounds('800.00'),
                payee: 'equipment',
              }),
            ],
            schedules: [health, healthStart, moreHealth],
          },
          {
            payer: 'council',
            from: year.first,
            changes: change(false, 'The council’s share of the same carers goes up with the hours.'),
            lines: [
              line({
                key: 'carers-care',
                name: 'Carers in the evening',
                stream: 'SOCIAL_CHILD',
                outcome: '1',
                amountPence: pounds('22000.00'),
              }),
              line({
                key: 'agency-hours',
                name: 'Agency hours',
                stream: 'SOCIAL_CHILD',
                outcome: '1',
                amountPence: pounds('4800.00'),
                payee: 'agency',
              }),
            ],
            schedules: [care, careStart, moreCare],
          },
        ],
        bureau: 'brightwater',
      },
    ],
    movements: inBankOrder([
      ...instalmentsPaid(year, healthStart, board),
      ...instalmentsPaid(year, careStart, council),
      ...instalmentsPaid(year, health, board),
      ...instalmentsPaid(year, moreHealth, { ...board, reference: 'PHB LISA UPLIFT' }),
      ...instalmentsPaid(year, care, council),
      ...instalmentsPaid(year, moreCare, { ...council, reference: 'DP LISA UPLIFT' }),
      ...lisasPayments(year, runs),
      ...year.months.flatMap((month) => [
        spent(`massage ${month.number}`, workday(dayOf(month, 14)), '90.00', 'STILLWATER MASSAGE', 'therapy'),
        spent(`agency ${month.number}`, workday(dayOf(month, 17)), '184.00', 'MEADOW NURSING AGENCY', 'agency-hours'),
      ]),
      spent('bed', year.on(4, 22), '389.00', 'RIVERBANK SLEEP EQUIPMENT', 'bed'),
    ]),
    payRuns: runs,
    documents: [
      {
        movement: 'bed',
        budget: 'lisa',
        form: 'pdf',
        title: 'Invoice',
        supplier: 'Riverbank Sleep Equipment',
        date: year.on(4, 22),
        lines: [{ description: 'Sleep positioning system', amountPence: pounds('389.00') }],
      },
    ],
    missingMonths: [],
  };
}

function spent(key: string, date: string, amount: string, who: string, line: string): Movement {
  return { key, date, amountPence: -pounds(amount), move: 'transfer', who, about: { kind: 'line', line } };
}
