import type { Family } from '../labelled.js';
import { practiceTwoHarmless } from './practice-two-harmless.js';
import { practiceTwoNames } from './practice-two-names.js';
import { practiceTwoPeople } from './practice-two-people.js';
import { practiceTwoReceipts } from './practice-two-receipts.js';

/** Labelled from the field’s rules, without a sight of the rules’ words and before any score: trades, receipts, people. */
export const practiceTwo: readonly Family[] = [
  ...practiceTwoHarmless,
  ...practiceTwoNames,
  ...practiceTwoReceipts,
  ...practiceTwoPeople,
];
