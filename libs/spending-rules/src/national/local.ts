import type { ExcludedSpendRule } from '../engine/rule.js';
import { travelCompanies } from './known-traders.js';
import { stageAndArts } from './other-trades.js';
import { householdMoney } from './household-money.js';
import { liverpoolDate, namedPlaces } from './rule-terms.js';
import { local } from './rule-bases.js';

const socialCare = ['SOCIAL_CHILD', 'SOCIAL_ADULT'] as const;

/** What authorities decide for themselves. A council's own version may change the verdicts. */
export const localRules: readonly ExcludedSpendRule[] = [
  {
    ...local,
    code: 'OPTICAL',
    name: 'Optical services',
    planLiftsQuery: true,
    reason: 'sight tests and glasses are usually paid for another way, unless the plan includes them',
    signals: {
      receipt: [
        '(sight test|sight tests|eye test|eye tests|eye exam|eye examination|optician|opticians|optical|optometr~|spectacles|specs|glasses|contact lenses|contact lens|varifocal~|bifocal~|frames and lenses|prescription lenses|coloured overlays|coloured overlay|coloured lenses|tinted lenses|prescription sunglasses|colorimetry)',
        'prescription (glasses|sunglasses|lenses|spectacles|specs|goggles|swimming goggles)',
      ],
      narrative: [
        'specsavers~',
        '(spec savers|d and a|dollond~|leightons|leighton opt~|optika|optik|optix|eyesite|eye site|eyeworks|eye clinic|eye centre|eye care|eyecare|eyewear|eyeglasses|tesco opticians|asda opticians|contact lens~|contactlens~|optom~|opto|spex|spectacle~|specs|glasses|sunglass hut|david clulow|black and lizars|duncan and todd|haine and smith|hakim group|visionplus|vision plus|vision care|visioncare|visique|eyemed|lens online|lenses|boots opt~|opticare|optical~|optician~|sight test~|sight care|sightcare|eye test~)',
        'vision express',
        'optical express',
        'optic…al',
        'optici…ans',
        'boots opticians',
        'eyecare',
        '(scrivens|rayner opticians|glasses direct|vision direct|feel good contacts|lenstore|bayfields|ace and tate|cubitts|tom davies|conlons)',
      ],
      mccs: ['8042', '8043'],
      firm: {
        phrases: [
          '(sight|eye) (test|tests|exam|examination)',
          '(spectacles|glasses|contact lenses|contact lens|varifocal~|opticians|optical|optometr~)',
          '(specsavers~|spec savers|vision express|optical express|boots opticians|eyecare)',
        ],
        mccs: ['8042', '8043'],
      },
      payeeKinds: ['optician'],
      harmless: [
        '(coloured|tinted|irlen|overlay|section f) * (glasses|lenses|spectacles|overlay|overlays)',
        '(glasses|lenses|spectacles) * (coloured|tinted|irlen|section f|strap|straps|case|cord|holder|cleaner)',
        '(sun|3d|drinking|wine|magnifying|safety|opera|field|pint|shot|champagne|fun|party|novelty) glasses',
        '(eye|sight) test (chart|charts|poster)',
        'optical (illusion~|cable|mouse|drive|fibre)',
      ],
    },
  },
  ...householdMoney,
  {
    ...local,
    code: 'LONG_STAY_CARE',
    name: 'Long stays in residential care',
    streams: socialCare,
    planLiftsQuery: true,
    reason: 'there is a limit to the nights in residential care that social care money may buy in a year',
    whatToAsk: 'Please tell us the nights that this covers.',
    signals: {
      narrative: [
        '(hc one|barchester~|four seasons health~|sunrise senior living|runwood homes|avery healthcare|methodist homes|orchard care homes|maria mallaband|signature senior|gracewell|care homes~|carehome~|residential hm|nursing hm|nursing home~|res home|residential home~|retirement home)',
        'care hom…e',
      ],
      receipt: [
        '(care home|care homes|nursing home|residential care|residential placement|residential home|residential unit|residential stay|nursing care home|permanent placement)',
      ],
      firm: {
        phrases: ['(care home|care homes|nursing home|residential care|residential placement|residential home)'],
        mccs: ['8050'],
      },
      harmless: [
        '(respite|short break~|day care|visiting) * (care home|nursing home|residential home)',
        'care home (training|from home|farm|visit|visits|choir|volunteering)',
      ],
      mccs: ['8050'],
      payeeKinds: ['care-home', 'nursing-home'],
    },
  },
  {
    ...local,
    code: 'LA_SERVICE',
    name: 'Services sold by the council',
    streams: socialCare,
    planLiftsQuery: true,
    reason: 'councils differ on whether a direct payment may buy the council’s own services',
    signals: {
      receipt: [
        '(county|borough|city|district|metropolitan|town|unitary|mbc|london borough) council',
        '(mbc|cc|bc|dc|lbc|council)$',
        'council (day|respite|transport|service~|run|day centre|home care|homecare|short break~|music|leisure|adult|childrens|care|carers|meals|alarm|telecare|payments|invoice)',
        '(cc|bc|dc|lbc) (day|respite|transport|service~|short break~|short brk|home care|homecare|adult social care|social care|adult care|childrens services|care|meals|telecare|payments|invoice|debtors|income)',
        '(mbc|mdc|lbc|lb of|royal borough of|rb of|combined authority|unitary authority|local authority|social services)',
        '^(lb|rb) [a-z]+',
        'london borough of',
        '(metropolitan borough|city of [a-z]+ council)',
      ],
      firm: {
        phrases: [
          '(county|borough|city|district|metropolitan|town|unitary|mbc|london borough) council',
          'council (day|respite|service~|day centre)',
          'council$',
          'london borough of',
        ],
      },
      narrative: ['council', 'councils', 'counc…il'],
      payeeKinds: ['council', 'local-authority'],
      harmless: [
        'council tax',
        '(parish|community|youth|arts|town|student|students|school|british|research|cricket|sports|crafts|design|muslim|jewish|teaching|refugee|voluntary|deaf|blind|autism|scout) council',
        'council (of|for|on) ',
        'council * (car park|parking)',
        '(cricket|cycling|croquet|canoe|cruising|climbing|camera|youth) (cc|bc)',
      ],
    },
  },
  {
    ...local,
    code: 'STATUTORY_EQUIPMENT',
    name: 'Equipment that the NHS or the council provides',
    approverRole: 'occupational therapist or commissioner',
    planLiftsQuery: true,
    reason: 'equipment such as this is often provided by the NHS or the council without charge',
    signals: {
      receipt: [
        '(wheelchair|wheelchairs|powerchair|power chair|hoist|hoists|stairlift|stair lift|through floor lift|profiling bed|hospital bed|adjustable bed|bed rails|pressure mattress|pressure cushion|mobility scooter|walking frame|walker|rollator|zimmer frame|crutches|walking stick|commode|bath lift|bath seat|bath board|shower chair|shower stool|wet room|raised toilet seat|toilet frame|grab rail|grab rails|ramp|ramps|sling|slings|standing frame|standing hoist|stand aid|hearing aid|hearing aids|orthotic~|splint|splints|afo|afos|specialist seating|specialist chair|riser recliner|rise and recline|special needs buggy|special needs car seat|adapted car seat|nebuliser|feeding pump|suction machine|communication aid|adaptation|adaptations|bed hoist|transfer board|incontinence pads|continence pads)',
      ],
      narrative: [
        'mobility',
        '(hoist|hoists|sling|slings|stairlift|stairlifts|stannah|acorn stairlift~|handicare|otolift|thyssen~|bath lift~|wheelchairs|powerchair~|mobility aids|disability aids|living aids|daily living|independent living equipment|profiling bed~|adjustable bed~|rise and recline|riser recliner~|hearing aid~|orthotics|orthotist~|jenx|r82|smirthwaite|theraposture|arjo~|medequip|nrs|red cross equipment|mangar|permobil|quantum rehab|ottobock|drive devilbiss|sunrise med~|cefndy|homecraft|performance health|patterson medical|rehasense|rifton|symmetrikit|simple stuff works|specialised orthotic~|quest 88|schuchmann|safe sleep bed~|safespaces|safe spaces|kinderkey|incontinence~|continence~|walking aid~|walking frame~|commode~|ramp centre|the ramp people|enable access|closomat|aquaclean)',
        '(ableworld|nrs healthcare|careco|millercare|invacare|sunrise medical|leckey|complete care shop|betterlife|living made easy|motionspot|wheelchair)',
      ],
      mccs: ['5047', '5976'],
    },
  },
  {
    ...local,
    code: 'TIPS_BONUS',
    name: 'Tips, bonuses and extra payments',
    reason: 'extra payments to a helper are best agreed first and paid through payroll',
    signals: {
      // On a payslip or an invoice; in a bank’s narrative the word may be a trader’s, as BONUS BALLOONS.
      goods: ['(bonus|bonuses)'],
      receipt: [
        '(gratuity|gratuities|ex gratia)',
        '(tip|tips) * (pa|personal assistant|carer|carers|helper|driver|waiter|taxi|support worker|worker|staff)',
        '(gift|gifts|present|presents|thank you|voucher|vouchers|christmas box|xmas box|hamper|flowers|chocolates) * (pa|pas|personal assistant|carer|carers|helper|helpers|support worker|support workers|nanny|staff)',
        '(pa|pas|carer|carers|helper|support worker) * (tip|tips|gift|gifts|present|voucher|thank you|christmas box)',
        '(extra|additional|one off|top up) (payment|money) * (pa|personal assistant|carer|carers|helper|support worker)',
        '(pa|carer|helper|support worker) * (extra|additional|one off|discretionary) (payment|money|pay)',
        '(christmas|holiday|loyalty|retention|end of year|thank you) (bonus|money|payment)',
      ],
      narrative: [
        'bonus$',
        '(xmas|christmas|xmass|annual|end of year|year end|thank you|holiday|loyalty|retention|performance|wages|pa|carer|staff|summer|easter|birthday|welcome|new year|half term|cash|pay|quarterly|monthly|one off|referral|sign on) bonus',
        'bonus (payment|pay|pymt|pmt|to|for|from|pa|pas|carer|carers|helper|helpers|staff|wages|wage|thanks|thank|xmas|christmas|december|dec|jan|feb|mar|apr|may|june|jul|july|aug|sept|oct|nov|money|ref|extra|and|top up)',
        '(xmas|christmas) (box|tip|tips|gift money|money|thank you|thankyou)',
        '(tip|tips)$',
        '(tip|tips) (thank|thanks|thankyou|thx|for|to|from|pa|carer|helper|driver|xmas|christmas|cash|money|payment|ref)',
        'gift (thank|thanks|thankyou)',
        '(extra|gift|bonus|additional|discretionary) (money|payment|pay|cash) (to|for|thank|thanks|pa|carer|helper|staff|xmas|christmas)',
        '(ex gratia|thank you gift|thank you payment|thank you cash|thankyou gift|thankyou money|thankyou payment|christmas gift|xmas gift)',
        'gratuit~',
        'thank you money',
      ],
      otherTrade: ['(arena|ball|stage|city|tracks|theatre|gym|games|bingo)'],
      harmless: [
        `(bonus|tip|tips) ${namedPlaces}`,
        'bonus (sticker~|sheet|sheets|activity|craft|crafts|toy|toys|item|items|cards|game|games|book|books|pages|worksheet~|round)',
        'bonus (arena|ball|level|game|track|tracks|disc|pack|feature|session|content|lesson|points|card|chapter|features)',
        '(felt|rubber|brush|pencil|pen|finger|ferrule|pool cue|cue|crutch|glove|rolling) (tip|tips)',
        '(top|hints and|helpful) (tip|tips)',
        '(waste|rubbish|council|refuse|household) (tip|tips)',
      ],
    },
  },
  {
    ...local,
    code: 'DOUBLE_BENEFIT',
    name: 'Travel that a mobility benefit already covers',
    streams: socialCare,
    approverRole: 'social worker',
    planLiftsQuery: true,
    reason: 'the mobility part of DLA or PIP may already cover travel such as this',
    signals: {
      receipt: [
        '(taxi|taxis|cab|cabs|minicab|uber|bolt|addison lee|train ticket~|train fare~|rail ticket~|rail fare~|railcard|trainline|bus fare~|bus pass|fuel|petrol|diesel|motability|car hire|mileage|car lease)',
      ],
      narrative: [
        ...travelCompanies,
        'motabil…ity',
        'stagecoach (manchester|merseyside|south|north|east|west|midlands|yorkshire|cumbria|oxford|cambridge|london|mcr)',
      ],
      firm: { phrases: ['motability~'] },
      mccs: ['4111', '4112', '4121', '4131', '5541', '5542', '7512'],
    },
  },
  {
    ...local,
    code: 'UNIVERSAL',
    name: 'Services open to everyone',
    force: 'exception',
    approverRole: 'plan co-ordinator',
    planLiftsQuery: true,
    validFrom: liverpoolDate,
    source: 'Liverpool policy 2017, section 3.7',
    reason: 'services that are open to every child are paid for from the budget only when the plan says so',
    signals: {
      receipt: [
        '(school trip|school trips|class trip|year group trip|school residential|school visit|whole class|whole school|all pupils|library membership|library card|library|public library|open to all|universal|childrens centre|family hub|family centre|toddler group|parent and toddler|stay and play|youth club open|school photo~|school dinner~|free for all|public park)',
      ],
      narrative: [
        '(library|libraries)',
        '(schoolcomms|school comms|parentmail|parent mail|wisepay|sims pay|simspay|eduspot|tucasi|ipayimpact|i pay impact|my child at school|mcas|schoolpay|squid card|bromcom|weduc|class trip~|year group trip~|school residential~|school visit~|school photo~|tempest school|school dinner~|school meal~|school lunch~|school fund|school shop|school disco|school fair|pta|family centre|children centre|toddler group|stay and play|public park|leisure card)',
        'school trip~',
        '(parentpay|parent pay|scopay|schoolmoney|school money|schoolgateway|arbor pay|childrens centre|family hub)',
      ],
    },
  },
  {
    ...local,
    code: 'SAVINGS',
    name: 'Money moved to savings',
    force: 'exception',
    approverRole: 'direct payments officer (an approved earmark)',
    source:
      'Making it Personal 2, section 5, on “banking” money for later; Essex, savings planned and agreed in the plan',
    reason: 'money set aside for later needs to be agreed, so that it can be told apart from a surplus',
    whatToAsk: 'Please tell us what it is being saved for and where it is kept.',
    signals: {
      receipt: [
        '(savings|saver|saving|isa) (account|accounts|transfer|pot|pots|deposit|plan|goal)',
        '(to|into) (savings|saver|isa)',
        '(put aside|set aside|saved) (for|towards)',
        'premium bonds',
      ],
      narrative: [
        'savings',
        'savin…gs',
        '(instant|easy|regular|online|digital|everyday|monthly|flexi|flex|club lloyds monthly|bonus|rainy day|loyalty|junior|young|reward|smart|fixed rate|e) (saver|isa)',
        'saver (account|acc|ac|acct)',
        '(cash|stocks|lifetime|junior|help to buy) isa',
        'isa (transfer|acc|account|deposit)',
        '(to|into) (saver|isa)',
        '^saver$',
        '^saver (account|acct|acc|ac|transfer|pot|deposit)',
        '^isa$',
        '(premium bonds|ns and i|nsandi|ns i|marcus by goldman|chip savings|moneybox save|plum savings|help to save|chase saver|save the change|round ups?|roundup)',
        '(pot|pots) (transfer|deposit)',
        '(monzo|starling) (pot|space)',
      ],
      payeeKinds: ['savings-account'],
      otherThing: ['(toy|toys|money box|moneybox|book|game)'],
      otherTrade: [
        stageAndArts,
        '(stamp|stamps|rail|railway|train|trains|ticket|shop|health home|nursery|energy light)',
      ],
      harmless: [
        'savings (stamp|stamps)',
        `savings ${namedPlaces}`,
        '(multibuy|multi buy|clubcard|nectar|offer|offers|price|instant|total|your|energy) savings',
        '(space|life|time|water|energy) (saver|saving|savings)',
      ],
    },
  },
];
