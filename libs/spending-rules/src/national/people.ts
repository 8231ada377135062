import type { ExcludedSpendRule } from '../engine/rule.js';
import { guideDate, guideList } from './rule-terms.js';

const exception = {
  force: 'exception',
  planLiftsQuery: false,
  validFrom: guideDate,
  validTo: null,
  signals: {},
} as const satisfies Partial<ExcludedSpendRule>;

/** Who is paid. Decided by dated facts about people, never by text: these rules have no phrases. */
export const peopleRules: readonly ExcludedSpendRule[] = [
  {
    ...exception,
    code: 'HOUSEHOLD_FAMILY',
    name: 'Employing a family member who lives with the child',
    streams: 'all',
    approverRole: 'service manager of the council, or the ICB for health money',
    verdict: 'excluded',
    source: `${guideList}; Liverpool policy 2017, section 3.7; SI 2009/1887; SI 2014/2871 reg 3; SI 2013/1617 reg 8 as amended`,
    reason: 'as a general rule a personal budget cannot pay a family member who lives with your child',
    whatToDo:
      'There can be exceptional circumstances: please ask the council (or the NHS, for health money) for written approval before paying again, and tell us if the dates are wrong.',
    whatToAsk: 'Please tell us who lives with your child and on which days, so that this can be settled.',
  },
  {
    ...exception,
    code: 'HOUSEHOLD_FRIEND',
    name: 'Employing a friend who lives with the child',
    streams: ['HEALTH'],
    approverRole: 'the ICB',
    verdict: 'excluded',
    source: 'SI 2013/1617 reg 8(5A) and (5B), as amended by SI 2017/219',
    reason: 'health money can pay a friend who lives with your child only in very limited circumstances',
    whatToDo: 'Please ask the ICB for written approval before paying again, and tell us if the dates are wrong.',
    whatToAsk: 'Please tell us how you know each other and which budget the work is for.',
  },
  {
    ...exception,
    code: 'SPOUSE_ELSEWHERE',
    name: 'The recipient’s spouse or partner who lives elsewhere',
    streams: ['SOCIAL_CHILD', 'SOCIAL_ADULT'],
    approverRole: 'service manager of the council',
    verdict: 'query',
    source: 'SI 2014/2871 reg 3; SI 2009/1887',
    reason: 'for social care money the rule on spouses and partners applies even when you live apart',
    whatToDo: 'Please ask for written approval before paying again.',
    whatToAsk: 'Please ask your council whether this can be approved; separation and divorce are treated differently.',
  },
  {
    ...exception,
    code: 'SELF_PAYMENT',
    name: 'Paying yourself from the account',
    streams: 'all',
    approverRole: 'service manager of the council',
    verdict: 'excluded',
    source: 'Worcestershire County Council, direct payments practice on paying people close to the recipient',
    reason: 'the person who holds the account cannot be paid from it without written approval',
    whatToDo: 'If this paid you back for something you bought, please send that receipt; otherwise please put it back.',
    whatToAsk: 'If this paid you back for something you bought, please send that receipt.',
  },
];
