import { decimalText } from '@ringfence/kernel';
import { profileFaults } from '../../core/csv-profile.js';
import type { ParsedFile } from '../../core/outcome.js';
import { csvProfiles } from './profiles.js';
import { readStatementFile } from '../../read-statement-file.js';

interface BankSample {
  readonly file: string;
  readonly accounts: readonly (readonly [account: string | null, currency: string | null])[];
  /** Date, amount and description, oldest first, of all accounts. */
  readonly lines: readonly string[];
  readonly balances?: readonly [opening: string, closing: string];
  readonly notPosted?: number;
}

const samples: Record<string, BankSample> = {
  barclays: {
    file: 'Number,Date,Account,Amount,Subcategory,Memo\n ,05/04/2026,20-11-22 87654321,-60.00,DIRECTDEBIT,RIVER CARE LTD      REF 12       DDR\n ,03/04/2026,20-11-22 87654321,2000.00,DIRECTDEP,EXAMPLE COUNCIL  BGC\n',
    accounts: [['20-11-22 87654321', 'GBP']],
    lines: ['2026-04-03 2000.00 EXAMPLE COUNCIL BGC', '2026-04-05 -60.00 RIVER CARE LTD REF 12 DDR'],
  },
  lloyds: {
    file: "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance,\r\n05/04/2026,DD,'30-11-22,87654321,RIVER CARE,60.00,,1940.00,\r\n03/04/2026,BGC,'30-11-22,87654321,EXAMPLE COUNCIL,,2000.00,2000.00,\r\n",
    accounts: [['30-11-22 87654321', 'GBP']],
    lines: ['2026-04-03 2000.00 EXAMPLE COUNCIL', '2026-04-05 -60.00 RIVER CARE'],
    balances: ['0.00', '1940.00'],
  },
  tsb: {
    file: 'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n2026-04-05,DD,77-11-22,87654321,RIVER CARE,60.00,,1940.00\n',
    accounts: [['77-11-22 87654321', 'GBP']],
    lines: ['2026-04-05 -60.00 RIVER CARE'],
    balances: ['2000.00', '1940.00'],
  },
  natwest: {
    file: `
Date, Type, Description, Value, Balance, Account Name, Account Number
03/04/2026,BAC,"'EXAMPLE COUNCIL , DP",2000.00,2000.00,"'A EXAMPLE","'601122-87654321",
05/04/2026,D/D,"'RIVER CARE",-60.00,1940.00,"'A EXAMPLE","'601122-87654321",

04/04/2026,,"'Balance as at 4 Apr",,50.00,"'A EXAMPLE","'601122-11111111",
`,
    accounts: [
      ['60-11-22 87654321', 'GBP'],
      ['60-11-22 11111111', 'GBP'],
    ],
    lines: ['2026-04-03 2000.00 EXAMPLE COUNCIL , DP', '2026-04-05 -60.00 RIVER CARE'],
    balances: ['0.00', '1940.00'],
  },
  nationwide: {
    file: '"Account Name:","Current ****54321"\r\n"Account Balance:","£1,940.00"\r\n"Available Balance: ","£1,940.00"\r\n\r\n"Date","Transaction type","Description","Paid out","Paid in","Balance"\r\n"03 Apr 2026","Bank credit","EXAMPLE COUNCIL","","£2,000.00","£2,000.00"\r\n"05 Apr 2026","Direct debit RIVER CARE","RIVER CARE","£60.00","","£1,940.00"\r\n',
    accounts: [['Current ****54321', 'GBP']],
    lines: ['2026-04-03 2000.00 Bank credit EXAMPLE COUNCIL', '2026-04-05 -60.00 Direct debit RIVER CARE'],
    balances: ['0.00', '1940.00'],
  },
  'nationwide-midata': {
    file: '"Account Number:","****54321"\n\n"Date","Type","Merchant/Description","Debit/Credit","Balance"\n"05/04/2026","DD","RIVER CARE","-£60.00","£1,940.00"\n"03/04/2026","CR","EXAMPLE COUNCIL","+£2,000.00","£2,000.00"\n\n"Arranged Overdraft Limit","£100.00"\n',
    accounts: [['****54321', 'GBP']],
    lines: ['2026-04-03 2000.00 EXAMPLE COUNCIL', '2026-04-05 -60.00 RIVER CARE'],
    balances: ['0.00', '1940.00'],
  },
  'nationwide-credit-card': {
    file: '"Date","Transactions","Location","Paid out","Paid in"\n"05 Apr 2026","RIVER CARE","LEEDS","£60.00",""\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-05 -60.00 RIVER CARE LEEDS'],
  },
  hsbc: {
    file: '05/04/2026,RIVER CARE,-60.00\n03/04/2026,EXAMPLE COUNCIL,"2,000.00"\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-03 2000.00 EXAMPLE COUNCIL', '2026-04-05 -60.00 RIVER CARE'],
  },
  'first-direct': {
    file: 'Date,Description,Amount,Balance\n05/04/2026,RIVER CARE,-60.00,1940.00\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-05 -60.00 RIVER CARE'],
    balances: ['2000.00', '1940.00'],
  },
  monzo: {
    file: 'Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In\ntx_1,05/04/2026,10:00:00,Card payment,River Café,🍕,eating,-8.70,GBP,-10.00,EUR,#lunch,,,RIVER CAFE PARIS FRA,,-8.70,\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-05 -8.70 River Café RIVER CAFE PARIS FRA'],
  },
  'monzo-2018': {
    file: 'id,created,amount,currency,local_amount,local_currency,category,emoji,description,address,notes,receipt\ntx_1,2018-04-05 23:30:00 +0000,-10,GBP,-10,GBP,general,,River Care,,,\n',
    accounts: [[null, 'GBP']],
    lines: ['2018-04-05 -10.00 River Care'],
  },
  starling: {
    file: 'Date,Counter Party,Reference,Type,Amount (EUR),Balance (EUR),Spending Category\n01/04/2026,Opening Balance,,,0.00,5.00,\n05/04/2026,River Care,INV 7,FASTER PAYMENT,-3.00,2.00,CARE\n',
    accounts: [[null, 'EUR']],
    lines: ['2026-04-05 -3.00 River Care INV 7'],
    balances: ['5.00', '2.00'],
  },
  revolut: {
    file: 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nTOPUP,Current,2026-04-03 08:00:00,2026-04-03 08:00:05,Example Council,500.00,0.00,GBP,COMPLETED,500.00\nEXCHANGE,Current,2026-04-04 12:00:00,2026-04-04 12:00:01,To EUR,-100.00,0.50,GBP,COMPLETED,399.50\nCard Payment,Current,2026-04-05 12:00:00,,Coffee,-3.00,0.00,GBP,PENDING,\nCard Payment,Current,2026-04-05 12:00:00,,Tea,-2.00,0.00,GBP,REVERTED,\nEXCHANGE,Current,2026-04-04 12:00:00,2026-04-04 12:00:01,From GBP,115.00,0.00,EUR,COMPLETED,115.00\n',
    accounts: [
      ['Current', 'GBP'],
      ['Current', 'EUR'],
    ],
    lines: ['2026-04-03 500.00 Example Council', '2026-04-04 -100.50 To EUR', '2026-04-04 115.00 From GBP'],
    balances: ['0.00', '399.50'],
    notPosted: 2,
  },
  chase: {
    file: 'Date,Time,Transaction Type,Transaction Description,Amount,Currency,Balance\n3 April 2026,08:44,Payment,Example Council,"2,000.00",GBP,"2,000.00"\n5 April 2026,09:00,Transfer,River Care,-60.00,GBP,"1,940.00"\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-03 2000.00 Example Council', '2026-04-05 -60.00 River Care'],
    balances: ['0.00', '1940.00'],
  },
  metro: {
    file: 'Date,Details,Transaction Type,In,Out,Balance\n05/04/2026,River Care,Direct Debit,0.00,60.00,1940.00\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-05 -60.00 River Care'],
    balances: ['2000.00', '1940.00'],
  },
  'co-operative': {
    file: 'Date,Description,Type,Money In,Money Out,Balance\n2026-04-05,RIVER CARE,DD,,60.00,1940.00\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-05 -60.00 RIVER CARE'],
    balances: ['2000.00', '1940.00'],
  },
  barclaycard: {
    file: '05 Apr 26," River Shop, Leeds ",Visa,A EXAMPLE,Household,,60.00\n06 Apr 26,Refund,Visa,A EXAMPLE,Household,5.00,\n',
    accounts: [[null, 'GBP']],
    lines: ['2026-04-05 -60.00 River Shop, Leeds', '2026-04-06 5.00 Refund'],
  },
};

describe('the layouts of the banks', () => {
  it.each(csvProfiles.map(({ name }) => name))('reads an export of %s, found by its contents', async (name) => {
    const sample = samples[name] as BankSample;
    const outcome = (await readStatementFile(new TextEncoder().encode(sample.file))) as ParsedFile;
    expect(outcome).toMatchObject({ ok: true, format: 'csv', profile: name, parserVersion: 'csv/2' });
    const { statements } = outcome;
    expect(statements.map(({ account, currency }) => [account, currency])).toEqual(sample.accounts);
    const lines = statements.flatMap((statement) => statement.lines);
    expect(lines.map((line) => `${line.date} ${decimalText(line.amountPence)} ${line.description}`)).toEqual(
      sample.lines,
    );
    const { openingBalance = null, closingBalance = null, notPosted = [], warnings = [] } = statements[0] ?? {};
    expect([openingBalance, closingBalance].map((pence) => pence && decimalText(pence))).toEqual(
      sample.balances?.map((text) => (text === '0.00' ? 0n : text)) ?? [null, null],
    );
    expect(notPosted).toHaveLength(sample.notPosted ?? 0);
    expect(warnings.filter(({ code }) => code === 'BALANCE_BREAK')).toEqual([]);
  });

  it.each(csvProfiles.map((profile) => [profile.name, profile] as const))(
    '%s names only columns that it has',
    (_, profile) => {
      expect(profileFaults(profile)).toEqual([]);
    },
  );

  it('keeps what the bank gives beside the amount: id, type and what was paid abroad', async () => {
    const { statements } = (await readStatementFile(new TextEncoder().encode(samples.monzo?.file))) as ParsedFile;
    expect(statements[0]?.lines[0]).toMatchObject({
      bankId: 'tx_1',
      kind: 'Card payment',
      originalAmount: '-10.00',
      originalCurrency: 'EUR',
      sourceLine: 2,
    });
  });

  it('leaves out what is not posted, and says so', async () => {
    const { statements } = (await readStatementFile(new TextEncoder().encode(samples.revolut?.file))) as ParsedFile;
    expect(statements[0]?.warnings).toEqual([
      { code: 'NOT_POSTED', message: 'Line 4: "Coffee", -3.00, is not posted yet and is left out.', line: 4 },
      { code: 'NOT_POSTED', message: 'Line 5: "Tea", -2.00, was undone by the bank and is left out.', line: 5 },
    ]);
    expect(statements[0]?.notPosted.map(({ status }) => status)).toEqual(['pending', 'reverted']);
  });

  it('names each column that a profile of one’s own calls and does not have', () => {
    const [barclays] = csvProfiles;
    expect(
      profileFaults({ ...(barclays as (typeof csvProfiles)[number]), name: 'mine', mcc: 'MCC', date: [] }),
    ).toEqual([
      '/mcc names the column "MCC", which neither /header nor /mayFollow has.',
      '/date names no column: name the one that holds the date.',
    ]);
  });
});
