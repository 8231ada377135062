import type { ParsedFile, ParsedStatement, ParseOutcome } from '../../core/outcome.js';
import { readStatementFile } from '../../read-statement-file.js';

const account = '<Acct><Id><IBAN>GB82WEST20000055779911</IBAN></Id><Ccy>GBP</Ccy></Acct>';

function entry(inside: string, amount = '12.34', direction = 'DBIT', currency = 'GBP'): string {
  return `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${inside}</Ntry>`;
}

const booked = '<Sts>BOOK</Sts><BookgDt><Dt>2026-04-13</Dt></BookgDt>';

function balance(code: string, amount: string, currency = 'GBP', direction = 'CRDT'): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd></Bal>`;
}

function camt(body: string): string {
  return `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>${account}\n${body}</Stmt></BkToCstmrStmt></Document>`;
}

async function read(file: string): Promise<ParseOutcome> {
  return readStatementFile(new TextEncoder().encode(file));
}

async function statements(body: string): Promise<ParsedStatement[]> {
  const outcome = await read(camt(body));
  expect(outcome).toMatchObject({ ok: true, format: 'camt', profile: null });
  return (outcome as ParsedFile).statements;
}

describe('reading camt', () => {
  it('reads an entry as one line, with the payments of which it is made', async () => {
    const payment = (amount: string, name: string): string =>
      `<TxDtls><Refs><AcctSvcrRef>${name}-1</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy="GBP">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Cdtr><Nm>${name}</Nm></Cdtr></RltdPties><RmtInf><Ustrd>Wages &amp; mileage</Ustrd></RmtInf></TxDtls>`;
    const body = `${balance('OPBD', '100.00')}${balance('CLBD', '87.66')}\n${entry(`${booked}<AcctSvcrRef>FT1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>${payment('10.00', 'A')}${payment('2.34', 'B')}</NtryDtls>`)}`;
    const [statement] = await statements(body);
    expect(statement).toMatchObject({
      account: '20-00-00 55779911',
      currency: 'GBP',
      openingBalance: 10000n,
      closingBalance: 8766n,
      warnings: [],
      lines: [
        {
          date: '2026-04-13',
          amountPence: -1234n,
          description: '2 payments together',
          bankId: 'FT1',
          sourceLine: 4,
          kind: 'PMNT/ICDT/DMCT',
          details: [
            { amount: '10.00', currency: 'GBP', description: 'A Wages & mileage', bankId: 'A-1' },
            { amount: '2.34', currency: 'GBP', description: 'B Wages & mileage', bankId: 'B-1' },
          ],
        },
      ],
    });
    expect(statement?.lines[0]?.raw).toMatch(/^<Ntry>.*<\/Ntry>$/);
  });

  it('takes the direction from CdtDbtInd, also of an entry that takes another back', async () => {
    const [statement] = await statements(entry(`<RvslInd>true</RvslInd>${booked}`, '5.00', 'CRDT'));
    expect(statement?.lines.map(({ amountPence }) => amountPence)).toEqual([500n]);
  });

  it('keeps apart what is pending, and reads the state of version 8', async () => {
    const [statement] = await statements(
      entry('<Sts><Cd>PDNG</Cd></Sts><ValDt><DtTm>2026-04-14T10:00:00+01:00</DtTm></ValDt>'),
    );
    expect(statement).toMatchObject({ lines: [], notPosted: [{ date: '2026-04-14', status: 'pending' }] });
  });

  it('never nets currencies: entries in another one are a statement of their own, balances are told apart', async () => {
    const read = await statements(
      `${balance('PRCD', '1.00')}${balance('CLBD', '27.00', 'SEK', 'DBIT')}${entry(booked)}${entry(booked, '7', 'CRDT', 'EUR')}`,
    );
    expect(
      read.map(({ currency, openingBalance, closingBalance, lines }) => [
        currency,
        openingBalance,
        closingBalance,
        lines.length,
      ]),
    ).toEqual([
      ['GBP', 100n, null, 1],
      ['EUR', null, null, 1],
    ]);
    expect(read[0]?.otherBalances).toEqual([{ kind: 'closing', currency: 'SEK', amountPence: -2700n }]);
    expect(read[0]?.warnings.map(({ code }) => code)).toEqual(['BALANCE_OTHER_CURRENCY']);
  });

  it('keeps what was paid abroad, and the merchant’s category', async () => {
    const [statement] = await statements(
      entry(
        `${booked}<NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy="EUR">14.2</Amt></InstdAmt></AmtDtls><CardTx><MrchntCtgyCd>5912</MrchntCtgyCd></CardTx></TxDtls></NtryDtls>`,
      ),
    );
    expect(statement?.lines[0]).toMatchObject({ originalAmount: '14.2', originalCurrency: 'EUR', mcc: '5912' });
  });

  it('reads prefixes, other line ends and the root of version 1', async () => {
    const file =
      '<?xml version="1.0"?>\r\n<c:Document xmlns:c="urn:x">\r\n<c:BkToCstmrAcctRptV01><c:Rpt>\r\n<c:Ntry><c:Amt Ccy="GBP">1.10</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Sts>BOOK</c:Sts><c:BookgDt><c:Dt>2026-04-13</c:Dt></c:BookgDt><c:AddtlNtryInf>&#163;&pound;</c:AddtlNtryInf></c:Ntry>\r\n</c:Rpt></c:BkToCstmrAcctRptV01></c:Document>';
    expect(await read(file)).toMatchObject({
      ok: true,
      statements: [
        { account: null, currency: 'GBP', lines: [{ amountPence: 110n, description: '££', sourceLine: 4 }] },
      ],
    });
  });

  it('warns of an id that the bank gives to two entries', async () => {
    const twice = entry(`${booked}<AcctSvcrRef>X</AcctSvcrRef>`);
    const [statement] = await statements(twice + twice);
    expect(statement?.warnings.map(({ code }) => code)).toEqual(['BANK_ID_REPEATED']);
  });
});

describe('a camt file is refused whole, in one sentence', () => {
  it.each<[string, string, string, number | null, string]>([
    [
      'a document type, before anything is parsed',
      camt('').replace('<Document', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document'),
      'DOCTYPE_REFUSED',
      2,
      'Line 2: the file declares a document type, which bank files do not need and which could read other files: download it again from the bank.',
    ],
    [
      'a file cut short',
      camt(entry(booked)).slice(0, -60),
      'FILE_TRUNCATED',
      3,
      'Line 3: the file ends inside an element, so it was cut short: download it again.',
    ],
    [
      'elements that cross',
      camt('<Ntry></Amt></Ntry>'),
      'FILE_MALFORMED',
      3,
      'Line 3: the XML is not well formed here: download the file again without editing it.',
    ],
    [
      'elements without end in one another',
      camt('<a>'.repeat(100) + '</a>'.repeat(100)),
      'FILE_MALFORMED',
      null,
      'The file has elements more than 64 deep in one another.',
    ],
    [
      'no statement',
      '<Document><BkToCstmrStmt><GrpHdr></GrpHdr></BkToCstmrStmt></Document>',
      'FILE_MALFORMED',
      null,
      'The file has no Stmt in BkToCstmrStmt, so it holds no statement: download it again.',
    ],
    [
      'no amount',
      camt(`<Ntry><CdtDbtInd>DBIT</CdtDbtInd>${booked}</Ntry>`),
      'AMOUNT_MISSING',
      3,
      'Line 3: <Ntry> has no Amt, where an amount is expected.',
    ],
    [
      'an amount with a sign',
      camt(entry(booked, '-1.00')),
      'AMOUNT_WRONG',
      3,
      'Line 3: Amt of <Ntry> is "-1.00", where digits such as "1234.56" are expected.',
    ],
    [
      'fractions of a penny',
      camt(entry(booked, '8.855')),
      'AMOUNT_INEXACT',
      3,
      'Line 3: Amt of <Ntry> is "8.855", which is not a whole number of pence.',
    ],
    [
      'an amount without a currency',
      camt(entry(booked, '1.00', 'DBIT', '')),
      'AMOUNT_WRONG',
      3,
      'Line 3: Amt of <Ntry> names the currency "", where a code such as "GBP" is expected.',
    ],
    [
      'no direction',
      camt(entry(booked, '1.00', 'BOTH')),
      'AMOUNT_WRONG',
      3,
      'Line 3: CdtDbtInd of <Ntry> is "BOTH", where CRDT or DBIT is expected.',
    ],
    [
      'an unknown state',
      camt(entry('<Sts>DONE</Sts><BookgDt><Dt>2026-04-13</Dt></BookgDt>')),
      'STATUS_UNKNOWN',
      3,
      'Line 3: Sts of <Ntry> is "DONE", where one of BOOK, PDNG, INFO, FUTR is expected.',
    ],
    [
      'no day',
      camt(entry('<Sts>BOOK</Sts>')),
      'DATE_MISSING',
      3,
      'Line 3: <Ntry> has no BookgDt, where a date such as "2026-01-31" is expected.',
    ],
    [
      'a day that does not exist',
      camt(entry('<Sts>BOOK</Sts><BookgDt><Dt>2026-02-30</Dt></BookgDt>')),
      'DATE_WRONG',
      3,
      'Line 3: BookgDt of <Ntry> is "2026-02-30", a day that does not exist.',
    ],
  ])('%s', async (_, file, code, line, message) => {
    expect(await read(file)).toEqual({ ok: false, error: { code, message, line } });
  });
});
