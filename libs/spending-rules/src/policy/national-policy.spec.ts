import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nationalPolicy, readNationalPolicy } from './national-policy.js';

const policy = 'id: ours\nname: Ours\nvalidFrom: 2014-09-01\n\n[rules]\nTOBACCO\n';
const tobacco = `# What is smoked.
code: TOBACCO
name: Tobacco
streams: all
force: absolute
verdict: excluded
planLiftsQuery: no
validFrom: 2014-09-01
source: Published lists
reason: a personal budget cannot pay
  for tobacco
whatToDo: Please put it back.
whatToAsk: Please send the receipt.

[receipt]
cigarettes
(rolling|
  filter) papers

[mccs]
5993
`;

describe('the national rules', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  function read(files: Readonly<Record<string, string>>): ReturnType<typeof readNationalPolicy> {
    const folder = mkdtempSync(join(tmpdir(), 'national-'));
    folders.push(folder);
    for (const part of ['rules', 'lists']) mkdirSync(join(folder, part));
    for (const [name, text] of Object.entries({ 'policy.txt': policy, ...files }))
      writeFileSync(join(folder, name), text);
    return readNationalPolicy(folder);
  }

  it('are read from files, in the order of policy.txt', () => {
    expect(nationalPolicy.id).toBe('national-2014-09');
    expect(nationalPolicy.rules[0]?.code).toBe('VACCINATION');
    expect(nationalPolicy.rules.at(-1)?.code).toBe('BANK_INTEREST');
  });

  it('have every signal that they use explained beside them', () => {
    const explained = readFileSync(join(import.meta.dirname, '../national/README.md'), 'utf8');
    const used = new Set(nationalPolicy.rules.flatMap(({ signals }) => Object.keys(signals)));
    used.delete('unrelatedTradesClearCode');
    expect([...used].filter((signal) => !explained.includes(`\`[${signal}]\``))).toEqual([]);
  });

  it('have a field a line and a phrase a line, and a long line may go on after a bar', () => {
    const [rule] = read({ 'rules/tobacco.txt': tobacco }).rules;
    expect(rule).toMatchObject({
      reason: 'a personal budget cannot pay for tobacco',
      planLiftsQuery: false,
      validTo: null,
      signals: { receipt: ['cigarettes', '(rolling|filter) papers'], mccs: ['5993'] },
    });
  });

  it('share lists of words: whole, as a choice within a phrase, and with words of their own', () => {
    const [rule] = read({
      'rules/tobacco.txt': tobacco.replace('cigarettes', '{smokes}\n{smokes} shop\n{way-to: pipe shop, kiosk}'),
      'lists/smokes.txt': '# Smokes.\ncigar\npipe~\n',
      'lists/way-to.txt': 'taxi to {these}\n',
    }).rules;
    expect(rule?.signals.receipt?.slice(0, 4)).toEqual([
      'cigar',
      'pipe~',
      '(cigar|pipe~) shop',
      'taxi to (pipe shop|kiosk)',
    ]);
  });

  it.each([
    [
      'a phrase that is none',
      { from: 'cigarettes', to: 'Cigarettes!' },
      'rules/tobacco.txt, line 16: receipt has "Cigarettes!"',
    ],
    [
      'a verdict that is none',
      { from: 'excluded', to: 'forbidden' },
      'rules/tobacco.txt, line 6: verdict is "forbidden"',
    ],
    ['a merchant code of three digits', { from: '5993', to: '599' }, 'rules/tobacco.txt, line 20: mccs has "599"'],
    ['a field that is none', { from: 'name:', to: 'title:' }, 'rules/tobacco.txt, line 3: title is not a field here'],
    [
      'a section that is none',
      { from: '[receipt]', to: '[receipts]' },
      'rules/tobacco.txt, line 15: receipts is not a field',
    ],
    [
      'a field that is missing',
      { from: 'source: Published lists\n', to: '' },
      'rules/tobacco.txt, line 1: source must be a text',
    ],
    [
      'yes and no in other words',
      { from: 'planLiftsQuery: no', to: 'planLiftsQuery: never' },
      'rules/tobacco.txt, line 7: planLiftsQuery is "never"',
    ],
    [
      'a day that is none',
      { from: 'validFrom: 2014-09-01', to: 'validFrom: 2014-09-31' },
      'rules/tobacco.txt, line 8: validFrom is',
    ],
    [
      'a line that is no field',
      { from: 'name: Tobacco', to: 'Tobacco' },
      'rules/tobacco.txt, line 3: "Tobacco" is no field',
    ],
    [
      'a list that is not there',
      { from: 'cigarettes', to: '{smokes}' },
      'rules/tobacco.txt, line 16: there is no list {smokes}',
    ],
    [
      'another rule’s code',
      { from: 'code: TOBACCO', to: 'code: VAPES' },
      'rules/tobacco.txt, line 1: has the code VAPES',
    ],
  ])('refuse %s, with the file and the line', (_what, { from, to }, message) => {
    expect(() => read({ 'rules/tobacco.txt': tobacco.replace(from, to) })).toThrow(message);
  });

  it('refuse a file that nobody names, and a name without a file', () => {
    const files = { 'rules/tobacco.txt': tobacco };
    expect(() => read({ ...files, 'rules/vapes.txt': tobacco })).toThrow(
      'rules/vapes.txt, line 1: is not in the order',
    );
    expect(() => read({ ...files, 'lists/smokes.txt': 'cigar\n' })).toThrow(
      'lists/smokes.txt, line 1: is used by no rule',
    );
    expect(() => read({})).toThrow('policy.txt, line 6: there is no file of a rule TOBACCO');
  });

  it('refuse a list within itself, and a list in a phrase that has more than words', () => {
    const files = { 'rules/tobacco.txt': tobacco.replace('cigarettes', '{smokes} shop') };
    expect(() => read({ ...files, 'lists/smokes.txt': '{smokes}\n' })).toThrow('{smokes} is a list within itself');
    expect(() => read({ ...files, 'lists/smokes.txt': 'cigar * lighter\n' })).toThrow(
      'only plain words can be chosen from',
    );
  });
});
