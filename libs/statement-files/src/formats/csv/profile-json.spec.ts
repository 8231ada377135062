import { decimalText } from '@ringfence/kernel';
import type { ParsedFile } from '../../core/outcome.js';
import { profileFromJson } from './profile-json.js';
import { csvProfiles } from './profiles.js';
import { readStatementFile } from '../../read-statement-file.js';

/** As a council would write it for the export of its prepaid cards. */
const prepaid = {
  name: 'council-card',
  bank: 'The council’s prepaid card',
  header: ['Trace Id', 'Entry Type', 'Tx Date', 'Tx Amount', 'DR/CR', 'MCC', 'Merchant Name', 'Status', 'Balance'],
  date: ['Tx Date'],
  dates: ['dd/mm/yyyy'],
  amount: { kind: 'marked', column: 'Tx Amount', mark: 'DR/CR', out: ['DR'], in: ['CR'] },
  balance: 'Balance',
  description: ['Merchant Name'],
  kind: 'Entry Type',
  bankId: 'Trace Id',
  mcc: 'MCC',
  state: { column: 'Status', posted: ['SETTLED'], pending: ['AUTHORISED'], reverted: ['DECLINED'] },
  currency: 'GBP',
  order: 'oldestFirst',
};

describe('a layout that an authority adds', () => {
  it('reads a prepaid card’s export, with merchant codes, settled and pending rows', async () => {
    const added = profileFromJson(JSON.parse(JSON.stringify(prepaid)));
    if (!('profile' in added)) throw new Error(added.faults.join(' '));
    const file = `${prepaid.header.join(',')}\n1,Load,13/04/2026,100.00,CR,,COUNCIL,SETTLED,100.00\n2,Purchase,14/04/2026,12.34,DR,5912,PHARMACY,SETTLED,87.66\n3,Purchase,15/04/2026,5.00,DR,5411,SHOP,AUTHORISED,\n`;
    const outcome = await readStatementFile(new TextEncoder().encode(file), { profiles: [added.profile] });
    const [statement] = (outcome as ParsedFile).statements;
    expect(statement?.lines.map((line) => [line.bankId, decimalText(line.amountPence), line.mcc])).toEqual([
      ['1', '100.00', null],
      ['2', '-12.34', '5912'],
    ]);
    expect(statement?.notPosted.map(({ bankId, status }) => [bankId, status])).toEqual([['3', 'pending']]);
  });

  it('may write the words for settled and pending as it likes', () => {
    const added = profileFromJson({ ...prepaid, state: { ...prepaid.state, posted: ['Settled'] } });
    expect(added).toMatchObject({ profile: { state: { posted: ['SETTLED'] } } });
  });

  it('may be any of the banks’ own', () => {
    for (const profile of csvProfiles)
      expect(profileFromJson(JSON.parse(JSON.stringify(profile)))).toEqual({ profile });
  });

  it.each<[string, unknown, string[]]>([
    ['no object', [], ['The profile must be an object.']],
    [
      'fields of the wrong kind',
      { ...prepaid, name: 'Council Card', dates: ['d.m.y'], mcc: 5, order: 'any', headless: false },
      [
        '/name must be small letters, digits and hyphens.',
        '/dates/0 must be "dd/mm/yyyy" or "dd/mm/yy" or "mm/dd/yyyy" or "yyyy-mm-dd" or "yyyy-mm-dd time" or "d Mon yyyy" or "d Mon yy".',
        '/mcc must be a text of 1 to 100 characters.',
        '/order must be "oldestFirst" or "newestFirst".',
        '/headless must be true.',
      ],
    ],
    [
      'fields that are missing, or that nobody knows',
      { ...prepaid, amount: { kind: 'outIn', out: 'A' }, constructor: 'x', currency: 'pounds' },
      [
        '/amount/in is missing.',
        '/currency must be three capitals such as "GBP".',
        '/constructor is not a field of a profile.',
      ],
    ],
    [
      'an unknown kind of amount',
      { ...prepaid, amount: { kind: 'toString' } },
      ['/amount/kind must be "signed" or "outIn" or "marked".'],
    ],
    [
      'a column that the header does not have',
      { ...prepaid, mcc: 'Category' },
      ['/mcc names the column "Category", which neither /header nor /mayFollow has.'],
    ],
    [
      'a column that the header has twice',
      { ...prepaid, header: [...prepaid.header.slice(0, -1), 'Status', 'Balance'] },
      ['/header/8 is "Status", which is the name of an earlier column too: give each its own.'],
    ],
    [
      'a word that means two things',
      {
        ...prepaid,
        amount: { ...prepaid.amount, in: ['CR', 'DR'] },
        state: { ...prepaid.state, pending: ['SETTLED'] },
      },
      [
        '/amount/in/1 is "DR", which /amount/out/0 is too: name it once.',
        '/state/pending/0 is "SETTLED", which /state/posted/0 is too: name it once.',
      ],
    ],
  ])('is told what is wrong with %s', (_, value, faults) => {
    expect(profileFromJson(value)).toEqual({ faults });
  });
});
