import { heldOut } from './families/held-out.js';
import { harmless } from './families/harmless.js';
import { listed } from './families/listed.js';
import { people } from './families/people.js';
import { practice } from './families/practice.js';
import { practiceTwo } from './families/practice-two.js';
import { records } from './families/records.js';
import { registered } from './families/registered.js';
import { sealed } from './families/sealed.js';
import { labelled, type Labelled } from './labelled.js';

export const judgementSet: readonly Labelled[] = [
  ...labelled([...harmless, ...listed, ...people, ...records, ...registered]),
  ...labelled(heldOut, 'held-out'),
  ...labelled(practice, 'practice'),
  ...labelled(practiceTwo, 'practice-two'),
  ...labelled(sealed, 'sealed'),
];
