import type { ExcludedSpendRule } from '../rule.js';
import { privateHospitals } from './known-traders.js';
import { animals, journeys, noHealthTrade, otherKinds, otherTradeMccs, toysAndStories } from './other-trades.js';
import { guideDate, liverpoolDate, namedSchools, onTheWayTo, putBack, tellUs } from './rule-terms.js';
import { vices } from './vices.js';

const nhsList =
  'Published NHS lists of what a personal health budget cannot buy (Coventry and Rugby, Basildon and Brentwood)';

const absolute = {
  streams: 'all',
  force: 'absolute',
  verdict: 'excluded',
  planLiftsQuery: false,
  validFrom: guideDate,
  validTo: null,
  source: nhsList,
  whatToDo: putBack,
  whatToAsk: tellUs,
} as const satisfies Partial<ExcludedSpendRule>;

/** The NHS list, applied to every stream, and provision that needs somebody's consent. */
export const nhsAndLaw: readonly ExcludedSpendRule[] = [
  {
    ...absolute,
    code: 'SURGERY',
    name: 'Surgical procedures',
    reason: 'a personal budget cannot pay for surgical procedures',
    signals: {
      receipt: [
        '(surgical|private|operating) (procedure|procedures|operation|operations|theatre fee|admission)',
        'day case (surgery|procedure)',
        'an(a|ae)esthe~ * (fee|fees|charge)',
        'an(a|ae)esthetist~',
        '(surgeon|surgeons|surgical|operation) (fee|fees|charge|charges|bill|consultation|deposit|package|invoice)',
        '(private|plastic|cosmetic|eye|laser|laser eye|knee|hip|heart|spinal|back|foot|hand|day|elective|keyhole|orthopaedic|ent|minor|reconstructive|cataract|hernia|bariatric|corrective|nose|ear|bunion|weight loss|vein|squint|elective private|tonsil|grommet) (surgery|operation)',
        '(hip|knee) replacement',
        '(tonsillectomy|adenoidectomy|vasectomy|circumcision|grommets|liposuction|rhinoplasty|facelift|arthroscopy|endoscopy|colonoscopy|biopsy|cataract removal|mole removal|wart removal|gastric band|hernia repair|tummy tuck|otoplasty|hair transplant|septoplasty|hysterectomy|appendectomy|appendicectomy|laparoscopy|knee arthroscopy|carpal tunnel release|tendon release|frenectomy|tongue tie division|gastric bypass|gastric sleeve|lasik|lasek|blepharoplasty|bunionectomy|varicose vein removal|myringoplasty|squint correction|pinnaplasty|hypospadias repair)',
        '(breast|botox|filler) (augmentation|enlargement|reduction|injections|treatment)',
        '(private|inpatient) hospital (stay|admission|treatment|bill|fee|fees)',
      ],
      narrative: [
        ...privateHospitals,
        '(spire|nuffield|bmi|aspen|hca|kims|benenden|horder|transform|ramsay|circle) * (hospital|healthcare|hosp)',
        'spire health…care',
        'nuffield health hospital',
        'bupa (hospital|cromwell)',
        'private (hospital|hosp|patients unit|patient unit)',
        'private hos…pital',
        '(laser eye|cosmetic surgery|plastic surgery|eye surgery|day surgery|skin surgery|vein|hair transplant|cataract) (clinic|centre|unit|group|associates)?',
        'surgeon',
        'surgeons',
        'surgical (clinic|centre|unit|associates|partners)',
      ],
      mccs: ['8062'],
      payeeKinds: ['private-hospital', 'surgeon'],
      otherTrade: noHealthTrade,
      otherTradeClearsCode: true,
      otherThing: [toysAndStories, ...journeys],
      otherTradeMccs,
      harmless: [
        '(tree|trees|chimney|veterinary|vet|dental|oral|shoe|phone|computer|bike|doll|book) (surgeon|surgeons)',
        `${animals} * (surgery|operation|surgeon~|hospital)`,
        '(hospital|hospitals) (parking|car park|cafe|shop|school|radio|passport|trust charity|charity|appeal)',
        '(car park|parking) * hospital',
        'private (tuition|tutor|lesson|lessons) * operation',
        'vein (craft|art)',
        ...onTheWayTo('hospital', '[a-z]+ hospital', 'private hospital', 'surgery', 'operation'),
      ],
      harmlessPayeeKinds: otherKinds,
    },
  },
  ...vices,
  {
    ...absolute,
    code: 'NHS_FUNDED_OTHER',
    name: 'Other services that the NHS already provides',
    streams: ['HEALTH'],
    force: 'exception',
    approverRole: 'the ICB’s commissioner',
    verdict: 'query',
    planLiftsQuery: true,
    reason: 'some therapies are already provided by the NHS, so health money pays for them only when the plan says so',
    whatToAsk: 'Please tell us which part of the care plan this belongs to.',
    signals: {
      receipt: [
        '(physios|neurophysio~|physiother~|phys|occupational therap~|psycholog~|osteopath~|osteo|chiropract~|camhs|audiolog~|hearing care|hearing test~|massage~|hydrotherap~|salt|talk therap~|art therap~|music therap~|play therap~|drama therap~|therapy|therapies|therapist|therapists|therapeutic~|mental health|nutritionist~|sleep clinic|pain clinic|rehab~|neuro rehab~|nurse|nurses|respiratory)',
        '(physiotherap~|physio|counselling|counsellor|podiatr~|chiropod~|audiolog~|dietitian|dietician|dietetic~|speech therap~|speech and language|slt|psychotherap~|cbt|talking therap~|hearing aid~|continence|orthotic~|wheelchair services|nursing|district nurse)',
      ],
    },
  },
  {
    ...absolute,
    code: 'ELEMENT2_NO_CONSENT',
    name: 'School funding (element 2) without the school’s agreement',
    streams: ['EDU'],
    force: 'exception',
    approverRole: 'head teacher or principal',
    source: 'Liverpool policy 2017, footnote to section 3.4',
    validFrom: liverpoolDate,
    reason: 'money that funds the school’s own support can be used only when the school agrees',
    whatToDo: 'Please ask the head teacher for written agreement before paying again.',
    whatToAsk: 'Please send the head teacher’s written agreement.',
    signals: {
      receipt: [
        '(element 2|element two|notional sen)',
        '(core|special school|school) element (3|three)',
        'element (3|three) * (core|special school|school)',
        '(sen|send) notional (budget|funding)',
      ],
      narrative: [
        'element 2',
        'notional sen',
        '(el2|elem 2|elmt 2|element two|e2 funding|core funding element 3|element 3 core)',
      ],
    },
  },
  {
    ...absolute,
    code: 'ON_PREMISES_NO_CONSENT',
    name: 'Provision on school premises without written consent',
    force: 'exception',
    approverRole: 'head teacher or principal',
    source: 'SI 2014/1652 reg 9; Liverpool policy 2017, section 3.6, footnote 1',
    reason: 'support on the premises of a school, college or nursery needs the head’s written consent beforehand',
    whatToDo: 'Please send the head’s written consent if you have it, and ask for it before any more support there.',
    whatToAsk: 'Please send the head’s written consent, or tell us where the support took place.',
    signals: {
      receipt: [
        '(pa|personal assistant|support|supporting|tutor|tutors|tutoring|tuition|therapy|therapist|therap~|one to one|1 1|1 to 1|ta|teaching assistant|mentor~|lesson|lessons|session|sessions|physio~|slt|ot|counselling|coaching|intervention|music|speech|carer|assistant|nurse|interpreter|delivered|provided|work) * (at|in|inside|within) * (school|schools|college|colleges|nursery|academy|preschool|pre school|classroom|sixth form|primary)',
        '(on|at|in) (the|his|her|their)? (school|college|nursery|academy|preschool) (premises|site|grounds|classroom|building|day)',
        '(in|at) (class|classroom|lessons)',
        '(in school|at school|school based|college based|nursery based) (pa|support|therapy|tuition|session|sessions|tutor|mentoring|provision)',
        '(school|lunchtime) * (lunchtime|school) (pa|support)',
        '(pa|support|therapy|tuition) * (lunchtime|lunchtimes|playtime|break time) * (school|college|nursery|academy)',
        '(lunchtime|playtime) (pa|support|supervision) * (school|college|nursery|academy)',
      ],
      narrative: ['(at|in|inside) (the|his|her|their)? (school|college|nursery|academy)'],
      harmless: [
        `${namedSchools}`,
        '(school|college|academy) of',
        '(in|during|over) (the|term)? school (holiday|holidays|break|breaks|hours|term|easter|summer|half term)',
        '(school|college|nursery) (holiday|holidays|gate|gates|run|fair|disco|trip|trips|uniform|shoes|bag|transport|bus|taxi)',
        'at the? school (gate|gates|run|holiday~|disco|fair|pool|trip)',
        '(after|before|outside|beyond|near|opposite) (of)? (the)? (school|college|nursery)',
        '(at home|home based|online|leisure centre|community centre|village hall) * (school|college|nursery) * ',
        '(preparing|preparation|getting ready|ready|readiness|transition|help) * (school|college|nursery)',
        '(wrapped|drop~|pick~|collect~|taking|taxi|travel|mileage|transport|walk~|escort~|bus|journey) * (at|to|from|in) (the|his|her|their)? (school|college|nursery|academy)',
        '(plant|tree|garden) nursery',
        'nursery (rhyme|rhymes|furniture|plants)',
      ],
    },
  },
];
