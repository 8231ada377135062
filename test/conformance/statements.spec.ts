import {
  parseOutcomeJson,
  readStatementFile,
  type ParsedFile,
  type ParsedLine,
  type ParsedStatement,
} from '@ringfence/statements';
import { penceFromText } from '@ringfence/kernel';
import {
  bytesOf,
  ownProfiles,
  refusedOnPurpose,
  samplesFolder,
  samplesOf,
  samplesPresent,
  type Sample,
} from './statement-samples.js';

const formats = ['csv', 'text', 'ofx'];

const whenPresent = samplesPresent ? describe : describe.skip;

if (!samplesPresent) {
  process.stdout.write(`Statement samples are skipped: there is no ${samplesFolder}.\n`);
}

whenPresent('the public sample statements', () => {
  const samples = samplesOf(formats);
  let files = 0;
  let values = 0;

  afterAll(() => {
    process.stdout.write(`Statement samples: ${files} files, ${values} stated values checked.\n`);
  });

  it.each(samples.map((sample) => [sample.file, sample] as const))(
    '%s yields what its source states',
    (file, sample) => {
      const outcome = readStatementFile(bytesOf(sample), { profiles: ownProfiles });
      files += 1;
      const onPurpose = refusedOnPurpose[file];
      if (onPurpose || sample.should_fail !== '') {
        values += 1;
        expect(outcome).toMatchObject({ ok: false, ...(onPurpose ? { error: { code: onPurpose.code } } : {}) });
        return;
      }
      expect(outcome).toMatchObject({ ok: true });
      const parsed = outcome as ParsedFile;
      const stated = statedValues(sample);
      expect(foundValues(parsed, sample, Object.keys(stated))).toEqual(stated);
      values += Object.keys(stated).length;
      for (const line of parsed.statements.flatMap(({ lines }) => lines)) expectWholeLine(line);
      expect(() => JSON.stringify(parseOutcomeJson(file, outcome))).not.toThrow();
    },
  );

  it('refuses an unknown layout where no profile of one’s own is given', () => {
    for (const sample of samples.filter(({ file }) => file.endsWith('/unknown.csv'))) {
      expect(readStatementFile(bytesOf(sample))).toMatchObject({
        ok: false,
        error: { code: 'LAYOUT_UNKNOWN', line: 1 },
      });
    }
  });

  it('gives no warning of a balance break but for the two files whose own balances do not follow', () => {
    const broken = samples.filter((sample) => {
      const outcome = readStatementFile(bytesOf(sample), { profiles: ownProfiles });
      return (
        outcome.ok && outcome.statements.some(({ warnings }) => warnings.some(({ code }) => code === 'BALANCE_BREAK'))
      );
    });
    expect(broken.map(({ file }) => file.split('/').at(-1)).sort()).toEqual([
      'chase.csv',
      'statement-with-interest.csv',
    ]);
  });
});

type Values = Record<string, string | number | bigint | undefined>;

function statedValues(sample: Sample): Values {
  const all: Values = {
    statements: sample.n_statements && Number(sample.n_statements),
    transactions: sample.n_transactions && Number(sample.n_transactions),
    opening: sample.opening && penceFromText(sample.opening),
    closing: sample.closing && penceFromText(sample.closing),
    credits: sample.sum_credits && penceFromText(sample.sum_credits),
    debits: sample.sum_debits && penceFromText(sample.sum_debits),
    currency: sample.currency,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function foundValues({ statements }: ParsedFile, sample: Sample, names: readonly string[]): Values {
  // A source that states one currency counts only the lines in it.
  const counted = statements.filter(
    ({ currency }) => sample.currency === '' || sample.currency.split('/').includes(currency ?? ''),
  );
  const amounts = counted.flatMap(({ lines }) => lines.map(({ amountPence }) => amountPence));
  const sum = (which: (pence: bigint) => boolean): bigint => amounts.filter(which).reduce((a, b) => a + b, 0n);
  const all: Values = {
    statements: statements.length,
    transactions: amounts.length,
    opening: counted[0]?.openingBalance ?? undefined,
    closing: counted[0]?.closingBalance ?? undefined,
    credits: sum((pence) => pence > 0n),
    debits: sum((pence) => pence < 0n),
    currency: currencies(counted),
  };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function currencies(statements: readonly ParsedStatement[]): string {
  return [...new Set(statements.map(({ currency }) => currency ?? 'none'))].join('/');
}

function expectWholeLine(line: ParsedLine): void {
  expect(line).toMatchObject({ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), status: 'posted' });
  expect(line.sourceLine).toBeGreaterThan(0);
  expect(line.raw).not.toBe('');
}
