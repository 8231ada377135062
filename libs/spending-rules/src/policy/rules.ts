import { guideDate } from '../national/rule-terms.js';
import { listOne } from '../national/list-one.js';
import { localRules } from '../national/local.js';
import { nhsAndLaw } from '../national/nhs-and-law.js';
import { peopleRules } from '../national/people.js';
import { recordRules } from '../national/records.js';
import type { PolicyVersion } from '../engine/rule.js';

/**
 * The national set, from the day of the guide. An authority's own version starts from these rules, changes what its
 * policy changes, and has its own id and dates.
 */
export const nationalPolicy: PolicyVersion = {
  id: 'national-2014-09',
  name: 'National rules, from “Making it Personal 2” (September 2014) and the regulations',
  validFrom: guideDate,
  validTo: null,
  rules: [...listOne, ...peopleRules, ...nhsAndLaw, ...localRules, ...recordRules],
};
