import type { ParsedFile, ParsedStatement, ParseOutcome } from '../../core/outcome.js';
import { readStatementFile } from '../../read-statement-file.js';

const header = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n';

describe('reading OFX', () => {
  it('reads SGML whose values are never closed, as one line', async () => {
    expect(
      await one(
        account(
          '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260405<TRNAMT>-60.00<FITID>F1<NAME>RIVER CARE<MEMO>REF &amp; 7<SIC>8099</STMTTRN>',
        ),
      ),
    ).toMatchObject({
      account: '30-11-22 87654321',
      currency: 'GBP',
      closingBalance: 194000n,
      lines: [
        {
          date: '2026-04-05',
          amountPence: -6000n,
          description: 'RIVER CARE REF & 7',
          bankId: 'F1',
          kind: 'DEBIT',
          mcc: '8099',
          sourceLine: 7,
        },
      ],
    });
  });

  it('reads XML, its comments and its character data', async () => {
    const file = `<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n<OFX><!-- <CURDEF>USD</CURDEF> --><BANKMSGSRSV1><STMTTRNRS><STMTRS>
      <CURDEF>GBP</CURDEF><BANKACCTFROM><ACCTID>30112287654321</ACCTID></BANKACCTFROM>
      <BANKTRANLIST><STMTTRN><DTPOSTED>20260405</DTPOSTED><TRNAMT>5</TRNAMT><NAME><![CDATA[Shop <A&B>]]></NAME><MEMO/></STMTTRN></BANKTRANLIST>
      </STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
    expect(await one(file)).toMatchObject({
      account: '30-11-22 87654321',
      currency: 'GBP',
      openingBalance: null,
      closingBalance: null,
      lines: [{ amountPence: 500n, description: 'Shop <A&B>', bankId: null, sourceLine: 5 }],
    });
  });

  it('takes an unclosed tag with nothing behind it for an empty value', async () => {
    const lines = (await one(account('<STMTTRN><MEMO><DTPOSTED>20260405<TRNAMT>1.00<FITID><NAME>SHOP</STMTTRN>')))
      .lines;
    expect(lines).toMatchObject([{ description: 'SHOP', bankId: null, amountPence: 100n }]);
  });

  it('keeps the calendar date that the bank wrote, whatever the time zone', async () => {
    const { lines } = await one(account(transaction({ date: '20260405233000.000[-5:EST]' })));
    expect(lines[0]?.date).toBe('2026-04-05');
  });

  it.each([
    ['-60', -6000n],
    ['+60.10', 6010n],
    ['-00000000060.1000', -6010n],
    ['-60,10', -6010n],
    ['1.234,56', 123456n],
    ['1,234.56', 123456n],
    ['1,234,567.00', 123456700n],
    ['£60.10', 6010n],
  ])('reads the amount %s exactly', async (amount, pence) => {
    expect((await one(account(transaction({ amount })))).lines[0]?.amountPence).toBe(pence);
  });

  it('works out the opening balance only when the balance was struck on the day on which the list ends', async () => {
    const lines = transaction({ amount: '-60.00' });
    expect((await one(account(lines))).openingBalance).toBeNull();
    expect((await one(account(`<DTSTART>20260401<DTEND>20260430${lines}`))).openingBalance).toBe(200000n);
    expect((await one(account(`<DTSTART>20260401<DTEND>20260429${lines}`))).openingBalance).toBeNull();
  });

  it('reads several accounts in one file, and decodes text that was escaped twice', async () => {
    const both =
      `${account(transaction({ name: 'A &amp;lt;B&amp;gt;' }))}`.replace('</OFX>', '') +
      statement('<STMTTRN><DTPOSTED>20260405<TRNAMT>1.00</STMTTRN>', '11111111') +
      '</OFX>';
    expect((await statementsOf(both)).map(({ account: number, lines }) => [number, lines[0]?.description])).toEqual([
      ['30-11-22 87654321', 'A <B>'],
      ['30-11-22 11111111', ''],
    ]);
  });

  it('keeps transactions in another currency in a statement of their own', async () => {
    const foreign = transaction({ extra: '<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY>' });
    expect(
      (await statementsOf(account(transaction({}) + foreign))).map(({ currency, lines }) => [currency, lines.length]),
    ).toEqual([
      ['GBP', 1],
      ['EUR', 1],
    ]);
  });

  it('reads of an investment account only the money in and out, and says so', async () => {
    const file = `${header}<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>GBP<INVACCTFROM><ACCTID>9</INVACCTFROM><INVTRANLIST><INVBANKTRAN>${transaction({})}<SUBACCTFUND>CASH</INVBANKTRAN></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>`;
    const { lines, warnings } = await one(file);
    expect(lines).toHaveLength(1);
    expect(warnings).toEqual([
      {
        code: 'INVESTMENTS_NOT_READ',
        message:
          'Line 7: this is an investment account, of which only the money in and out is read, not the investments.',
        line: 7,
      },
    ]);
  });

  it('warns of a repeated id, of a correction and of an empty ledger balance', async () => {
    const lines = transaction({}) + transaction({ extra: '<CORRECTFITID>F0<CORRECTACTION>REPLACE' });
    expect((await one(account(lines).replace('1940.00', ''))).warnings.map(({ message }) => message)).toEqual([
      'Line 7: the bank marks this as a correction of its line "F0", which may have been imported before.',
      'Line 7: the bank gives the id "F1" to more than one line of this statement.',
      'Line 8: the ledger balance is empty, so the statement cannot be checked against it.',
    ]);
  });

  it('keeps pending transactions apart', async () => {
    const pending =
      '</BANKTRANLIST><BANKTRANLISTP><STMTTRNP><TRNTYPE>DEBIT<DTTRAN>20260406<TRNAMT>-3.00<NAME>COFFEE</STMTTRNP></BANKTRANLISTP><BANKTRANLIST>';
    const { lines, notPosted } = await one(account(transaction({}) + pending));
    expect([lines.length, notPosted.map(({ status }) => status)]).toEqual([1, ['pending']]);
  });

  it('answers no statements for a file that holds none', async () => {
    expect(await read(`${header}<OFX><SIGNUPMSGSRSV1></SIGNUPMSGSRSV1></OFX>`)).toMatchObject({
      ok: true,
      statements: [],
    });
  });
});

describe('an OFX file is refused whole, in one sentence', () => {
  it.each([
    [
      'no date',
      account('<STMTTRN><TRNAMT>1.00<FITID>F1</STMTTRN>'),
      'DATE_MISSING',
      7,
      'Line 7: <STMTTRN> has no DTPOSTED, where a date such as "20260131" is expected.',
    ],
    [
      'an empty date',
      account(transaction({ date: '' })),
      'DATE_MISSING',
      7,
      'Line 7: <STMTTRN> has an empty DTPOSTED, where a date such as "20260131" is expected.',
    ],
    [
      'a day that does not exist',
      account(transaction({ date: '20260231' })),
      'DATE_WRONG',
      7,
      'Line 7: DTPOSTED is "20260231", a day that does not exist.',
    ],
    [
      'a date in another style',
      account(transaction({ date: '05/04/2026' })),
      'DATE_WRONG',
      7,
      'Line 7: DTPOSTED is "05/04/2026", where a date such as "20260131" is expected.',
    ],
    [
      'no amount',
      account('<STMTTRN><DTPOSTED>20260405<FITID>F1</STMTTRN>'),
      'AMOUNT_MISSING',
      7,
      'Line 7: <STMTTRN> has no TRNAMT, where an amount is expected.',
    ],
    [
      'a fraction of a penny',
      account(transaction({ amount: '115.8331' })),
      'AMOUNT_INEXACT',
      7,
      'Line 7: TRNAMT is "115.8331", which is not a whole number of pence.',
    ],
    [
      'thousands or a fraction',
      account(transaction({ amount: '1,234' })),
      'AMOUNT_WRONG',
      7,
      'Line 7: TRNAMT is "1,234", which could be thousands or a fraction: write it with two decimals.',
    ],
    [
      'a sign-on that failed',
      `${header}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password</STATUS></SONRS></SIGNONMSGSRSV1></OFX>`,
      'BANK_REPORTED_ERROR',
      7,
      'Line 7: the bank answered with error 15500, "Wrong password", instead of a statement: download it again.',
    ],
    [
      'a sign-on that failed with a code that is torn',
      `${header}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>1\n500<SEVERITY>ERROR</STATUS></SONRS></SIGNONMSGSRSV1></OFX>`,
      'BANK_REPORTED_ERROR',
      7,
      'Line 7: the bank answered with error "1\\n500", instead of a statement: download it again.',
    ],
    [
      'a file cut short',
      account(transaction({})).replace('</STMTTRNRS></BANKMSGSRSV1></OFX>', ''),
      'FILE_TRUNCATED',
      8,
      'Line 8: the file ends before </OFX>, so it was cut short: download it again.',
    ],
    [
      'a file cut short inside a tag',
      account(transaction({})).slice(0, -3),
      'FILE_TRUNCATED',
      8,
      'Line 8: the file ends inside a tag, so it was cut short: download it again.',
    ],
    [
      'a header alone',
      header,
      'FILE_TRUNCATED',
      null,
      'The file has the header of an OFX file and no <OFX> behind it, so it was cut short: download it again.',
    ],
    [
      'a transaction that is not closed',
      account('<STMTTRN><DTPOSTED>20260405<TRNAMT>1.00'),
      'FILE_MALFORMED',
      7,
      'Line 7: </BANKTRANLIST> stands where <STMTTRN> of line 7 is not closed: download the file again without editing it.',
    ],
    [
      'a tag closed that was not opened',
      `${header}<OFX></STMTRS></OFX>`,
      'FILE_MALFORMED',
      7,
      'Line 7: </STMTRS> stands where it was not opened: download the file again without editing it.',
    ],
    [
      'a document type',
      '<?xml version="1.0"?>\n<!DOCTYPE OFX [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<OFX></OFX>',
      'DOCTYPE_REFUSED',
      2,
      'Line 2: the file declares a document type, which bank files do not need and which could read other files: download it again from the bank.',
    ],
  ])('%s', async (_, file, code, line, message) => {
    expect(await read(file)).toEqual({ ok: false, error: { code, message, line } });
  });
});

function transaction({ date = '20260405', amount = '-60.00', name = 'SHOP', extra = '' }): string {
  return `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${date}<TRNAMT>${amount}<FITID>F1<NAME>${name}${extra}</STMTTRN>`;
}

function account(lines: string): string {
  return `${header}<OFX>${statement(lines, '87654321')}</OFX>`;
}

function statement(lines: string, number: string): string {
  return `<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP<BANKACCTFROM><BANKID>301122<ACCTID>${number}</BANKACCTFROM><BANKTRANLIST>${lines}</BANKTRANLIST>\n<LEDGERBAL><BALAMT>1940.00<DTASOF>20260430120000</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>`;
}

async function read(file: string): Promise<ParseOutcome> {
  return readStatementFile(new TextEncoder().encode(file));
}

async function statementsOf(file: string): Promise<ParsedStatement[]> {
  const outcome = await read(file);
  expect(outcome).toMatchObject({ ok: true, format: 'ofx', profile: null });
  return (outcome as ParsedFile).statements;
}

async function one(file: string): Promise<ParsedStatement> {
  const [first] = await statementsOf(file);
  return first as ParsedStatement;
}
