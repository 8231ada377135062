import { RegisterIndex } from '@ringfence/spending-rules';

/** Invented sites, shaped like those of the registers: names of every kind, with their towns. */
const practices = list(`
  THE FENWICK PARTNERSHIP|ALDERTON
  QUARRY HOUSE SURGERY|ALDERTON
  BRACKEN AND MILLBROOK HEALTH CTR|WEST HALLOW
  SORREL HOUSE|ALDERTON
  GROVE|ALDERTON
  THE SURGERY|WEST HALLOW
  HARTLEY MEDICAL CENTRE|DUNMERE
  DR PELLOW AND PARTNERS|DUNMERE
  DR OKAFOR|WEST HALLOW
  TARN LANE PRACTICE|DUNMERE
  MARLPIT FAMILY PRACTICE|ALDERTON
  SAXON GATE HC|DUNMERE
  THE LIMES|ALDERTON
  COPPICE ROW GROUP PRACTICE|WEST HALLOW
  ST WINNOLDS MEDICAL CTR|DUNMERE
  OTTERFORD AND BLYTHE PARTNERSHIP|DUNMERE
  HEATHGATE SURGERY|LONDON
  BRIAR MEDICAL CENTRE|LEEDS
`);
const dentists = list(`
  DENTAL SURGERY|ALDERTON
  DENTAL SURGERY|DUNMERE
  14 COPPER ROW|ALDERTON
  S J PENHALE|DUNMERE
  PENHALE AND VOSS|DUNMERE
  WHITEGATES|WEST HALLOW
  THE TOOTHERY|ALDERTON
  HOLLYBANK DENTAL CARE|WEST HALLOW
  KESTREL ORTHODONTICS|DUNMERE
  LINDEN SMILES|ALDERTON
  FERRY STREET DENTAL STUDIO|DUNMERE
`);
const pharmacies = list(`
  TANNER AND SONS LTD|WEST HALLOW
  DUNMERE PHARMACY|DUNMERE
  HALLOW LATE NIGHT CHEMIST|WEST HALLOW
  MEDIQUICK|ALDERTON
  RX EXPRESS DUNMERE|DUNMERE
  P G ASHBY LTD|ALDERTON
`);
const chain = Array.from({ length: 30 }, () => 'WRENS|ALDERTON');

export const sampleRegisters = new RegisterIndex([
  ['gp', rows('Q', practices)],
  ['dental', rows('V', dentists)],
  ['pharmacy', rows('F', [...pharmacies, ...chain])],
  ['mcc', [{ code: '8021', name: 'Dentists and Orthodontists', places: [] }]],
]);

function rows(letter: string, sites: readonly string[]) {
  return sites.map((site, place) => {
    const [name = '', town = ''] = site.split('|');
    return { code: `${letter}${String(10_000 + place)}`, name, places: [town] };
  });
}

/** One text a line; empty lines and the space around them do not count. */
function list(texts: string): string[] {
  return texts
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
