import { bankLines, cutLines, withoutTown, type Family } from '../labelled.js';

/** Names of the sample registers as banks print them. */
export const registered: readonly Family[] = [
  {
    name: 'practices by their names',
    why: 'the name is in the register of GP practices, and a name alone asks',
    expected: 'query',
    rule: 'GP_SERVICE',
    spends: [
      ...bankLines(`
        THE FENWICK PARTNERSHIP
        FENWICK PARTNERSHIP
        QUARRY HOUSE SURGERY
        BRACKEN & MILLBROOK HEALTH CENTRE
        HARTLEY MED CTR
        DR PELLOW & PARTNERS
        TARN LANE PRACTICE
        MARLPIT FAMILY PRACTICE
        SAXON GATE HEALTH CENTRE
        COPPICE ROW GROUP PRACTICE
        ST WINNOLDS MEDICAL CENTRE
        OTTERFORD & BLYTHE PARTNERSHIP
        SORREL HOUSE
      `),
      ...withoutTown(bankLines('GROVE ALDERTON\nTHE LIMES ALDERTON\nSORREL HOUSE ALDERTON')),
      ...cutLines('BRACKEN AND MILLBROOK HEALTH CTR\nOTTERFORD AND BLYTHE PARTNERSHIP\nCOPPICE ROW GROUP PRACTICE', 18),
      ...cutLines('ST WINNOLDS MEDICAL CTR\nMARLPIT FAMILY PRACTICE\nTHE FENWICK PARTNERSHIP', 20),
    ],
  },
  {
    name: 'dentists by their names',
    why: 'the name is in the register of dental sites, and a name alone asks',
    expected: 'query',
    rule: 'DENTAL',
    spends: [
      ...withoutTown(
        bankLines(`
        PENHALE AND VOSS
        PENHALE & VOSS
        THE TOOTHERY ALDERTON
        HOLLYBANK DENTAL CARE
        KESTREL ORTHODONTICS
        LINDEN SMILES
        FERRY STREET DENTAL STUDIO
        DENTAL SURGERY
      `),
      ),
      ...cutLines('FERRY STREET DENTAL STUDIO\nHOLLYBANK DENTAL CARE\nKESTREL ORTHODONTICS', 18),
    ],
  },
  {
    name: 'pharmacies by their names',
    why: 'a pharmacy sells both kinds of thing, so the receipt is asked for',
    expected: 'query',
    rule: 'NO_EVIDENCE',
    spends: withoutTown(
      bankLines(`
      TANNER AND SONS LTD
      DUNMERE PHARMACY
      HALLOW LATE NIGHT CHEMIST
      RX EXPRESS DUNMERE
      WRENS
      WRENS ALDERTON
    `),
    ),
  },
  {
    name: 'weak names that the plan does not know',
    why: 'a name that could be anybody’s asks where nothing explains the spend',
    expected: 'query',
    spends: bankLines('14 COPPER ROW\nGROVE\nWHITEGATES\nS J PENHALE\nMEDIQUICK', { planned: false }),
  },
  {
    name: 'weak names with a health code',
    why: 'a weak name and a health merchant’s code together ask',
    expected: 'query',
    spends: withoutTown(bankLines('14 COPPER ROW\nGROVE\nWHITEGATES\nTHE LIMES', { mcc: '8099' })),
  },
  {
    name: 'payees confirmed as health sites',
    why: 'a person has confirmed what the payee is: the register decides',
    expected: 'excluded',
    spends: [
      { description: 'DENTAL SURGERY', payee: { name: 'Hollybank Dental Care', kind: 'dental-site' } },
      { description: 'HOLLYBANK', payee: { name: 'Hollybank Dental Care', kind: 'dental-site' } },
      { description: 'FENWICK', payee: { name: 'The Fenwick Partnership', kind: 'gp-practice' } },
      { description: 'QUARRY HOUSE', payee: { name: 'Quarry House Surgery', kind: 'gp-practice' } },
      { description: 'THE CLINIC', payee: { name: 'Away Travel Clinic', kind: 'travel-clinic' } },
      { description: 'ST ANNES', payee: { name: 'St Anne’s Hospital', kind: 'private-hospital' } },
    ],
  },
  {
    name: 'payees confirmed as something else',
    why: 'a person has confirmed that the payee is a vet, a therapist or a club',
    expected: 'allowed',
    spends: [
      { description: 'QUARRY HOUSE SURGERY', payee: { name: 'Quarry House Surgery', kind: 'vet' } },
      { description: 'OAK TREE SURGERY', payee: { name: 'Oak Tree Surgery', kind: 'tree-surgeon' } },
      { description: 'THE FENWICK PARTNERSHIP', payee: { name: 'The Fenwick Partnership', kind: 'therapist' } },
      { description: 'SORREL HOUSE', payee: { name: 'Sorrel House', kind: 'club' } },
    ],
  },
];
