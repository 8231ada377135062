import { addDays, addMonths } from '@ringfence/kernel';
import { dayOf, workday, type DemoMonth, type DemoYear } from '../demo-year.js';
import {
  inBankOrder,
  pounds,
  type Family,
  type LineScenario,
  type Movement,
  type PayRunScenario,
} from '../scenario.js';
import { instalmentsPaid, startUp } from './instalments.js';
import { monthsPayslip, type Worker } from './payslips.js';

/** Hours of each assistant, by calendar month: Fi is with her family in the breaks and saves what she does not spend. */
const termHours: Readonly<Record<number, number>> = {
  1: 22,
  2: 26,
  3: 20,
  4: 10,
  5: 26,
  6: 12,
  7: 0,
  8: 0,
  9: 8,
  10: 28,
  11: 26,
  12: 14,
};
const holidayHours = 40;
const feePence = pounds('4.00');

/**
 * A student with an adult's care and support plan and no EHC plan: three fellow students work for her in term, and
 * the money of the breaks pays for a holiday with one of them.
 */
export function fi(year: DemoYear): Family {
  const assistants = assistantsOf(year);
  const everyFourWeeks = {
    key: 'fi-four-weekly',
    stream: 'SOCIAL_ADULT',
    kind: 'REGULAR',
    frequency: 'FOUR_WEEKLY',
    amountPence: pounds('1150.00'),
    firstDueOn: addDays(year.first, 3),
    lastDueOn: year.last,
  } as const;
  const start = startUp(year, { key: 'fi-start', stream: 'SOCIAL_ADULT', amountPence: pounds('600.00') });
  const line = (
    terms: Pick<LineScenario, 'key' | 'name' | 'outcome' | 'amountPence'> & Partial<LineScenario>,
  ): LineScenario => ({
    stream: 'SOCIAL_ADULT',
    section: 'OTHER',
    holder: 'FAMILY',
    from: year.first,
    to: year.agreedUntil,
    ...terms,
  });
  const runs = year.months.flatMap((month) => payRun(month, assistants));
  const council = (reference: string) => ({ who: 'FERNSHIRE COUNTY COUNCIL', reference });
  return {
    key: 'fi',
    authority: 'council',
    recipient: {
      name: 'Fi Marlowe',
      email: 'fi@marlowe.example',
      dateOfBirth: addMonths(year.first, -19 * 12 - 4),
      says: 'At university, employs three fellow students',
    },
    account: {
      bank: 'Barclays',
      kind: 'OWN_BANK',
      name: 'Fi’s support account',
      holder: 'F Marlowe',
      sortCode: '204657',
      accountNumber: '53817722',
      openedOn: year.first,
      uploadedBy: 'recipient',
    },
    budgets: [
      {
        key: 'fi',
        reference: 'FS-1004',
        child: { name: 'Fi Marlowe', dateOfBirth: addMonths(year.first, -19 * 12 - 4) },
        plan: 'ADULT_CARE_AND_SUPPORT_PLAN',
        outcomes: [
          { reference: '1', description: 'Fi lives on campus and gets to her lectures' },
          { reference: '2', description: 'Fi goes on holiday without her parents' },
        ],
        payees: [
          ...assistants.map(({ employee, employeeReference, name }) => ({
            key: employee,
            name,
            kind: 'PERSONAL_ASSISTANT' as const,
            employeeReference,
            relationship: 'none',
          })),
          { key: 'lakeside', name: 'Lakeside Accessible Breaks', kind: 'OTHER', names: ['LAKESIDE ACCESSIBLE'] },
          { key: 'insurer', name: 'Premier Carer Cover', kind: 'INSURER' },
        ],
        agreements: [
          {
            payer: 'council',
            from: year.first,
            changes: [],
            lines: [
              line({ key: 'term', name: 'Personal assistants', outcome: '1', amountPence: pounds('26000.00') }),
              line({
                key: 'break',
                name: 'Holiday with a personal assistant',
                outcome: '2',
                amountPence: pounds('3000.00'),
                payee: 'lakeside',
              }),
              line({
                key: 'insurance',
                name: 'Employer’s liability insurance',
                outcome: '1',
                amountPence: pounds('240.00'),
                payee: 'insurer',
              }),
            ],
            schedules: [everyFourWeeks, start],
          },
        ],
        bureau: 'tallis',
      },
    ],
    movements: inBankOrder([
      ...instalmentsPaid(year, start, council('DP SETTING UP')),
      ...instalmentsPaid(year, everyFourWeeks, council('DP F MARLOWE')),
      ...runs.flatMap((run) => wages(run, assistants)),
      ...runs.map((run): Movement => {
        const amountPence = -feePence * BigInt(run.payslips.length);
        return {
          key: `fee ${run.reference}`,
          date: run.payDate,
          amountPence,
          move: 'direct-debit',
          who: 'TALLIS PAYROLL',
          reference: run.reference,
          about: {
            kind: 'parts',
            parts: [{ control: 'PAYROLL_FEE', budget: 'fi', stream: 'SOCIAL_ADULT', amountPence }],
            reasons: `The bureau’s fee for ${run.reference}.`,
          },
        };
      }),
      spent('insurance', workday(dayOf(year.months[0]!, 12)), '118.00', 'PREMIER CARER COVER', 'insurance'),
      spent('lakeside', year.on(8, 3), '1240.00', 'LAKESIDE ACCESSIBLE BREAKS', 'break'),
      unknown(
        'supermarket',
        year.on(5, 12),
        '31.20',
        'TESCO STORES 3297',
        'Food is a living cost unless the plan says otherwise.',
      ),
      unknown('transfer', year.on(10, 14), '25.00', 'N PUGH', 'A transfer to an assistant outside payroll.', 'THANKS'),
    ]),
    payRuns: runs,
    heldRuns: slipOfThePen(year, assistants, runs),
    documents: [
      {
        movement: 'lakeside',
        budget: 'fi',
        form: 'pdf',
        title: 'Booking',
        supplier: 'Lakeside Accessible Breaks',
        date: year.on(8, 3),
        lines: [
          { description: 'Accessible lodge, 5 nights', amountPence: pounds('920.00') },
          { description: 'Room for a personal assistant, 5 nights', amountPence: pounds('320.00') },
        ],
      },
    ],
    missingMonths: [],
  };
}

type Assistant = Worker & { readonly name: string };

function assistantsOf(year: DemoYear): Assistant[] {
  const people = [
    ['zara', 'Zara Whitcombe', 'TP-101'],
    ['hamish', 'Hamish Boyd', 'TP-102'],
    ['nia', 'Nia Pugh', 'TP-103'],
  ] as const;
  return people.map(([employee, name, employeeReference], order) => ({
    budget: 'fi',
    employee,
    name,
    employeeReference,
    dateOfBirth: addMonths(year.first, -18 * 12 - 2 - order),
    niCategory: 'M',
    ratePounds: '14.20',
    ratePence: pounds('14.20'),
    feePence,
    inPension: false,
    streams: [{ stream: 'SOCIAL_ADULT', percent: '100', line: 'term' }],
  }));
}

/** Nobody works in July; in August one of them goes on the holiday. */
function payRun(month: DemoMonth, assistants: readonly Assistant[]): PayRunScenario[] {
  const [zara] = assistants;
  const hours = termHours[month.number]!;
  const worked =
    month.number === 8 ? [{ worker: zara!, hours: holidayHours }] : assistants.map((worker) => ({ worker, hours }));
  const payslips = worked
    .filter((each) => each.hours > 0)
    .map((each) => monthsPayslip(each.worker, month, each.hours, { rolledUpHoliday: true }));
  if (payslips.length === 0) return [];
  const reference = `TALLIS ${month.first.slice(0, 7)} MARLOWE`;
  return [{ bureau: 'tallis', reference, payDate: workday(dayOf(month, 28)), payslips }];
}

/** The newest month of one assistant comes again, with ten times her hours. */
function slipOfThePen(year: DemoYear, [zara]: readonly Assistant[], runs: readonly PayRunScenario[]): PayRunScenario[] {
  const newest = runs.at(-1)!;
  const first = newest.payslips[0]!;
  const month = year.months.find((one) => one.first === first.periodStart)!;
  const hours = Number(first.lines[0]!.hours) * 10;
  const payslips = [monthsPayslip(zara!, month, hours, { rolledUpHoliday: true })];
  return [{ ...newest, reference: `${newest.reference} B`, payslips }];
}

function wages(run: PayRunScenario, assistants: readonly Assistant[]): Movement[] {
  return run.payslips.map((payslip) => ({
    key: `wages ${run.reference} ${payslip.employee}`,
    date: run.payDate,
    amountPence: -payslip.netPence,
    move: 'transfer',
    who: assistants.find(({ employee }) => employee === payslip.employee)!.name.toUpperCase(),
    reference: 'WAGES',
    about: { kind: 'payslip', run: run.reference, employee: payslip.employee },
  }));
}

function spent(key: string, date: string, amount: string, who: string, line: string): Movement {
  return { key, date, amountPence: -pounds(amount), move: 'card', who, about: { kind: 'line', line } };
}

function unknown(key: string, date: string, amount: string, who: string, why: string, reference?: string): Movement {
  const move = reference ? 'transfer' : 'card';
  return { key, date, amountPence: -pounds(amount), move, who, reference, about: { kind: 'left', why } };
}
