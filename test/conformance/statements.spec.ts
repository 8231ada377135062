import {
  type ParsedFile,
  type ParsedLine,
  type ParsedStatement,
  parseOutcomeJson,
  readStatementFile,
} from '@ringfence/statement-files';
import { penceFromText, type Money } from '@ringfence/kernel';
import {
  addsUpOtherwise,
  bytesOf,
  countedOtherwise,
  ownProfiles,
  refusedOnPurpose,
  samplesFolder,
  samplesOf,
  samplesPresent,
  sourceOf,
  statedOtherwise,
  type Sample,
} from './statement-samples.js';

const formats = ['csv', 'text', 'ofx', 'qif', 'mt940', 'camt', 'xlsx'];

const whenPresent = samplesPresent ? describe : describe.skip;

if (!samplesPresent) {
  process.stdout.write(`Statement samples are skipped: there is no ${samplesFolder}.\n`);
}

whenPresent('the public sample statements', () => {
  const samples = samplesOf(formats);
  const files = new Map<string, number>();
  let values = 0;

  afterAll(() => {
    const each = [...files].map(([format, count]) => `${format} ${count}`).join(', ');
    const all = [...files.values()].reduce((a, b) => a + b, 0);
    process.stdout.write(`Statement samples: ${all} files (${each}), ${values} stated values checked.\n`);
  });

  it.each(samples.map((sample) => [sample.file, sample] as const))(
    '%s yields what its source states',
    async (file, sample) => {
      const outcome = await readStatementFile(bytesOf(sample), { profiles: ownProfiles });
      files.set(sample.format, (files.get(sample.format) ?? 0) + 1);
      const onPurpose = refusedOnPurpose[file];
      if (onPurpose || sample.should_fail !== '') {
        values += 1;
        expect(outcome).toMatchObject({ ok: false, ...(onPurpose ? { error: { code: onPurpose.code } } : {}) });
        return;
      }
      expect(outcome).toMatchObject({ ok: true, format: file.endsWith('santander.txt') ? 'text' : sample.format });
      const parsed = outcome as ParsedFile;
      const stated = { ...statedValues(sample), ...statedOtherwise[file]?.values };
      expect(foundValues(parsed, sample, Object.keys(stated))).toEqual(stated);
      values += Object.keys(stated).length;
      for (const line of parsed.statements.flatMap(({ lines }) => lines)) expectWholeLine(line);
      expect(() => JSON.stringify(parseOutcomeJson(file, outcome))).not.toThrow();
    },
  );

  it('refuses an unknown layout where no profile of one’s own is given', async () => {
    for (const sample of samples.filter(({ file }) => file.endsWith('/unknown.csv'))) {
      expect(await readStatementFile(bytesOf(sample))).toMatchObject({
        ok: false,
        error: { code: 'LAYOUT_UNKNOWN', line: 1 },
      });
    }
  });

  it('gives no warning of a balance break but for the two CSV files whose own balances do not follow', async () => {
    const broken = await filesWithBreaks(samples.filter(({ format }) => ['csv', 'text', 'ofx'].includes(format)));
    expect(broken.sort()).toEqual(['chase.csv', 'statement-with-interest.csv']);
  });

  it('warns of a balance break in each MT940 file whose own arithmetic is wrong, and in no other', async () => {
    const checked = samples.filter(
      ({ file, own_arithmetic: own }) => /^(?:consistent|INCONSISTENT)/.test(own) && !addsUpOtherwise[file],
    );
    values += checked.length;
    const broken = checked.filter(({ own_arithmetic: own }) => own.startsWith('INCONSISTENT'));
    expect(await filesWithBreaks(checked)).toEqual(broken.map(({ file }) => file.split('/').at(-1)));
  });
});

async function filesWithBreaks(samples: readonly Sample[]): Promise<(string | undefined)[]> {
  const broken: (string | undefined)[] = [];
  for (const sample of samples) {
    const outcome = await readStatementFile(bytesOf(sample), { profiles: ownProfiles });
    if (!outcome.ok) continue;
    const breaks = outcome.statements.some(({ warnings }) => warnings.some(({ code }) => code === 'BALANCE_BREAK'));
    if (breaks) broken.push(sample.file.split('/').at(-1));
  }
  return broken;
}

type Values = Record<string, string | number | bigint | undefined>;

function statedValues(sample: Sample): Values {
  const all: Values = {
    statements: sample.n_statements && Number(sample.n_statements),
    transactions: sample.n_transactions && Number(sample.n_transactions),
    opening: sample.opening && penceFromText(sample.opening),
    closing: sample.closing && penceFromText(sample.closing),
    credits: sample.sum_credits && penceFromText(sample.sum_credits),
    debits: sample.sum_debits && penceFromText(sample.sum_debits),
    currency: sample.currency.split('/').sort().join('/'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function foundValues({ statements }: ParsedFile, sample: Sample, names: readonly string[]): Values {
  // A source that states one currency counts only the lines in it, and those whose file names none.
  const counted = statements.filter(
    ({ currency }) => sample.currency === '' || currency === null || sample.currency.split('/').includes(currency),
  );
  const counting = countedOtherwise[sourceOf(sample)] ?? {};
  const lines = counted.flatMap(counting.lines ?? ((statement) => statement.lines));
  const sum = (which: (pence: Money) => boolean): Money =>
    lines
      .map(({ amountPence }) => amountPence)
      .filter(which)
      .reduce((a, b) => a + b, 0n);
  const count = counting.transactions ?? (() => 1);
  const all: Values = {
    statements: statements.length,
    transactions: lines.reduce((total, line) => total + count(line), 0),
    opening: (counting.opening ?? firstOpening)(counted, sample),
    closing: (counting.closing ?? firstClosing)(counted, sample),
    credits: sum((pence) => pence > 0n),
    debits: sum((pence) => pence < 0n),
    currency: currencies(counted),
  };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function firstOpening(statements: readonly ParsedStatement[]): Money | undefined {
  return statements[0]?.openingBalance ?? undefined;
}

function firstClosing(statements: readonly ParsedStatement[]): Money | undefined {
  return statements[0]?.closingBalance ?? undefined;
}

function currencies(statements: readonly ParsedStatement[]): string {
  return [...new Set(statements.flatMap(({ currency }) => currency ?? []))].sort().join('/');
}

function expectWholeLine(line: ParsedLine): void {
  expect(line).toMatchObject({ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), status: 'posted' });
  expect(line.sourceLine).toBeGreaterThan(0);
  expect(line.raw).not.toBe('');
}
