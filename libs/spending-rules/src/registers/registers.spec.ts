import { Problem } from '@ringfence/kernel';
import { assessSpend } from '../engine/assess.js';
import { nationalPolicy } from '../policy/national-policy.js';
import { spend } from '../engine/spec-samples.js';
import { readRegister } from './read-register.js';
import { noRegisters, RegisterIndex } from './register-index.js';

const row = (code: string, name: string, ...places: string[]) => ({ code, name, places });

/** Invented sites; a chain has many branches. */
const registers = new RegisterIndex([
  [
    'gp',
    [
      row('Q81001', 'THE FENWICK PARTNERSHIP', 'ALDERTON'),
      row('Q81002', 'QUARRY HOUSE SURGERY', 'ALDERTON', 'NORTHSHIRE'),
      row('Q81003', 'BRACKEN AND MILLBROOK HEALTH CTR', 'WEST HALLOW'),
      row('Q81004', 'THE SURGERY', 'ALDERTON'),
      row('Q81005', 'GROVE', 'ALDERTON'),
      row('Q81006', 'SORREL HOUSE', 'ALDERTON'),
      row('Q81007', 'HARTLEY MEDICAL CENTRE', 'ALDERTON'),
    ],
  ],
  [
    'dental',
    [row('V90001', 'DENTAL SURGERY', 'ALDERTON'), row('V90002', '14 COPPER ROW'), row('V90003', 'S J PENHALE')],
  ],
  [
    'pharmacy',
    [
      ...Array.from({ length: 25 }, (_, place) => row(`FZ${String(place).padStart(3, '0')}`, 'WREN', 'ALDERTON')),
      row('FZ900', 'TANNER AND SONS LTD', 'WEST HALLOW'),
    ],
  ],
  ['mcc', [row('8021', 'Dentists and Orthodontists')]],
]);

const assessed = (description: string, more: Parameters<typeof spend>[0] = {}) =>
  assessSpend(spend({ description, ...more }), nationalPolicy, { registers });

const rulesOf = (description: string, more: Parameters<typeof spend>[0] = {}): string[] =>
  assessed(description, more)
    .findings.filter(({ verdict }) => verdict !== 'allowed')
    .map(({ rule }) => rule);

describe('a name of a register on a bank line', () => {
  it.each([
    ['THE FENWICK PARTNERSHIP', 'as it is in the register'],
    ['CARD PAYMENT TO FENWICK PARTNERSHIP', 'after what the bank prints before it, without its "the"'],
    ['FENWICK PARTNERSHIP ALDERTON GB', 'with its town and country'],
    ['FENWICK PARTNERSHIP 4471 ALDERTON', 'with a number of the card machine'],
    ['BRACKEN & MILLBROOK HEALTH CENTRE', 'with words written out'],
    ['BRACKEN & MILLBROO', 'cut at 18 characters'],
    ['CARD PAYMENT TO QUARRY HOUSE SUR', 'cut within a word of its trade'],
    ['HARTLEY MEDICAL CE ALDERTON', 'cut, with its town after it'],
    ['HARTLEY MED CTR', 'in short forms'],
  ])('%s asks about GP services: %s', (description) => {
    expect(rulesOf(description)).toEqual(['GP_SERVICE']);
  });

  it('says which name of which register it is like, and accuses nobody', () => {
    const [finding] = assessed('CARD PAYMENT TO FENWICK PARTNERSHIP').findings;
    expect(finding).toMatchObject({ verdict: 'query', evidence: 'narrative' });
    expect(finding?.reason).toBe(
      'The bank line reads “CARD PAYMENT TO FENWICK PARTNERSHIP”, which may be fine; “THE FENWICK PARTNERSHIP” is a name in the NHS register of GP practices; a personal budget cannot pay for services that a GP (family doctor) provides. Please send the receipt, or tell us in a sentence what it was for.',
    );
  });

  it('never excludes by itself, whatever the card’s code', () => {
    for (const mcc of ['8011', '8021', '8099']) {
      expect(assessed('QUARRY HOUSE SURGERY', { mcc }).verdict).toBe('query');
    }
  });

  it.each([
    'FENWICK PARTNERSHIP MUSIC SCHOOL',
    'SORREL HOUSE RIDING SCHOOL',
    'SORREL HOUSE WEST HALLOW',
    'QUARRY HOUSE TREE SURGEONS',
    'QUARRY HOUSE VETS',
    'GROVE',
    'THE GROVE CAFE',
    '14 COPPER ROW',
    'S J PENHALE',
    'WREN MUSIC',
    'TANNER AND SONS BUTCHERS',
  ])('%s passes when it is planned: it is another’s, or could be anybody’s', (description) => {
    expect(rulesOf(description)).toEqual([]);
  });

  it('that could be anybody’s asks where the plan knows nothing of it, or with a health code', () => {
    expect(rulesOf('14 COPPER ROW', { planned: false })).toEqual(['DENTAL']);
    expect(rulesOf('14 COPPER ROW', { mcc: '8099' })).toEqual(['DENTAL']);
    expect(rulesOf('GROVE', { planned: false })).toEqual(['GP_SERVICE']);
    expect(rulesOf('GROVE ALDERTON')).toEqual(['GP_SERVICE']);
  });

  it('of a pharmacy asks for the receipt, and the receipt answers', () => {
    expect(rulesOf('WREN ALDERTON')).toEqual(['NO_EVIDENCE']);
    expect(rulesOf('TANNER AND SONS LTD')).toEqual(['NO_EVIDENCE']);
    const receipt = [{ description: 'Wet wipes', amountPence: 2340n }];
    expect(rulesOf('WREN ALDERTON', { receipt })).toEqual([]);
  });

  it('that a person has confirmed to be something else is not asked about', () => {
    expect(rulesOf('QUARRY HOUSE SURGERY', { payee: { name: 'Quarry House Surgery', kind: 'vet' } })).toEqual([]);
  });

  it('is unknown without registers', () => {
    expect(noRegisters.match('fenwick partnership', 'FENWICK PARTNERSHIP')).toEqual([]);
    expect(registers.size).toBe(12);
  });
});

describe('the list of merchant codes', () => {
  it('says what a code means', () => {
    const [finding] = assessed('SMITH AND PARTNER', { mcc: '8021' }).findings;
    expect(finding?.reason).toContain('merchant code 8021 (Dentists and Orthodontists)');
  });
});

describe('a register’s file', () => {
  const text = (lines: string[]): Buffer => Buffer.from(lines.join('\n'));
  const header = 'OrganisationCode,Name,AddressLine1,AddressLine2,AddressLine3,Postcode,PrescribingSetting';

  it('is read with its header: name, and the places of the address but not its streets', () => {
    const rows = readRegister('gp', text([header, 'Q81001,"QUARRY, THE",1 MILL LANE,MILL LANE,ALDERTON,ZZ1 1ZZ,4']));
    expect(rows).toEqual([row('Q81001', 'QUARRY, THE', 'ALDERTON')]);
  });

  it('is read without one, as the NHS publishes it', () => {
    const rows = readRegister(
      'pharmacy',
      text(['"FZ001","WREN","Y1","Q1","UNIT 2","HIGH STREET","ALDERTON","","","ZZ1 1ZZ","","A"']),
    );
    expect(rows).toEqual([row('FZ001', 'WREN', 'ALDERTON')]);
  });

  it('is read in the older encoding too', () => {
    const bytes = Buffer.from([...Buffer.from(`${header}\nQ81001,CAF`), 0xc9, ...Buffer.from(',1,2,3,4,4')]);
    expect(readRegister('gp', bytes)[0]?.name).toBe('CAFÉ');
  });

  it('leaves out prescribers that are no practice, such as a hospice', () => {
    const rows = [header, 'Q81001,QUARRY HOUSE,,,,,4', 'Q81002,WREN HOSPICE,,,,,13'];
    expect(readRegister('gp', text(rows)).map(({ name }) => name)).toEqual(['QUARRY HOUSE']);
  });

  it('of merchant codes is read by its header', () => {
    expect(readRegister('mcc', text(['mcc,edited_description', '0742,Veterinary Services']))).toEqual([
      row('0742', 'Veterinary Services'),
    ]);
  });

  it.each<[string, 'gp' | 'mcc', string[], string]>([
    ['empty', 'gp', [''], 'Line 1 of the register is refused: the file is empty: give the file as it was downloaded.'],
    [
      'with a header alone',
      'gp',
      [header],
      'Line 1 of the register is refused: there is no row under the header: give the file as it was downloaded.',
    ],
    [
      'cut off',
      'gp',
      [header, 'Q81001,QUARRY,,,,,4', 'Q81002,WR'],
      'Line 3 of the register is refused: it has 2 columns and the first line has 7: the file may be cut off.',
    ],
    [
      'with a row without a name',
      'gp',
      [header, 'Q81001, ,,,,,4'],
      'Line 2 of the register is refused: Q81001 has no name: give it one or take it out.',
    ],
    [
      'with a code that is none',
      'gp',
      [header, 'a b,QUARRY,,,,,4'],
      'Line 2 of the register is refused: its code is “A B”, and an ODS code has 3 to 12 letters and digits.',
    ],
    [
      'with a code twice',
      'gp',
      [header, 'Q81001,QUARRY,,,,,4', 'Q81001,WREN,,,,,4'],
      'Line 3 of the register is refused: Q81001 is on line 2 already: take one of them out.',
    ],
    [
      'with loose quotation marks',
      'gp',
      [header, 'Q81001,"QUARRY,,,,,4'],
      'Line 2 of the register is refused: its quotation marks do not match: give the file as it was downloaded.',
    ],
    [
      'without the columns of a register',
      'gp',
      ['code,title', 'a,b'],
      'Line 1 of the register is refused: the header names no OrganisationCode and no Name: give the ODS file.',
    ],
    [
      'that is another kind of file',
      'gp',
      ['1,2,3'],
      'Line 1 of the register is refused: it has 3 columns and an ODS file has 10 or more: give the file as it was downloaded.',
    ],
    [
      'of another register',
      'gp',
      [header, 'V90001,DENTAL SURGERY,,,,,0'],
      'The codes are those of the NHS register of dental sites: import the file as dental, or give another file as gp.',
    ],
    [
      'of codes without four digits',
      'mcc',
      ['mcc,description', '742,Vets'],
      'Line 2 of the register is refused: its code is “742”, and a merchant code has four digits.',
    ],
    [
      'of codes without a description',
      'mcc',
      ['mcc,meaning', '0742,Vets'],
      'Line 1 of the register is refused: the header names no mcc and no description: give a file with both.',
    ],
  ])('is refused %s', (_, register, lines, words) => {
    const refusal = (): unknown => readRegister(register, text(lines));
    expect(refusal).toThrow(Problem);
    expect(refusal).toThrow(words);
  });
});
