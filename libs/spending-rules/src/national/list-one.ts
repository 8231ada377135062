import type { ExcludedSpendRule } from '../engine/rule.js';
import { animals, otherKinds, otherTradeMccs, shopsAndCrafts, sportsAndPlay, stageAndArts } from './other-trades.js';
import { doctorsAndDentists } from './doctors-and-dentists.js';
import { screeners, vaccinators } from './known-traders.js';
import { elsewhere } from './paid-elsewhere.js';
import { guideList, onTheWayTo } from './rule-terms.js';
import { absolute, notHealth } from './rule-bases.js';

const diseases =
  'flu|influenza|covid|hepatitis|hepatitis a|hepatitis b|hep a|hep b|tetanus|typhoid|rabies|yellow fever|meningitis|meningitis b|men b|men acwy|hpv|bcg|mmr|polio|cholera|chickenpox|chicken pox|varicella|shingles|pneumonia|pneumococcal|encephalitis|tick borne encephalitis|whooping cough|measles|dtp|rsv|malaria|japanese encephalitis|diphtheria|rubella|mumps|rotavirus|hep a and b|mpox|anthrax';

/** The policy documents' own list: it says "personal budget", so it binds every stream but travel. */
export const listOne: readonly ExcludedSpendRule[] = [
  {
    ...absolute,
    code: 'VACCINATION',
    name: 'Vaccination or immunisation',
    source: guideList,
    reason: 'a personal budget cannot pay for vaccinations or immunisations',
    signals: {
      receipt: [
        '(vaccin~|vacc|vaccs|vax|immunis~|immuniz~|inoculat~)',
        `(${diseases}) (x|x1|x2|x3|1|2|3|4|first|second|third|single|course)? (jab|jabs|injection|injections|shot|shots|booster|boosters|dose|doses|clinic)`,
        '(travel|holiday|booster) (jab|jabs|injection|injections|shots)',
        '(jab|jabs)',
        '(travel|holiday) (clinic|vacs|vaccs|health consultation|health appointment)',
        '(mmr|hpv vaccine|bcg|yellow fever certificate|flu clinic|nasal flu spray|flu nasal spray|fluenz|gardasil|bexsero|nimenrix|twinrix|avaxim|shingrix|zostavax|varivax|revaxis|pneumovax)',
      ],
      narrative: [...vaccinators, 'vaccina…tion', 'immunis…ation'],
      payeeKinds: ['travel-clinic', 'vaccination-clinic', 'vaccination-provider'],
      otherTrade: [animals, stageAndArts, sportsAndPlay, shopsAndCrafts],
      otherThing: [
        ...notHealth.otherThing,
        '(boxing|boxercise|kickboxing|footwork|punch~|martial|pads|mitts|sparring|karate|thai|self defence)',
      ],
      otherTradeMccs,
      harmless: [
        `${animals} * (vaccin~|vacc|booster|boosters|jab|jabs|injection|injections)`,
        `(vaccin~|vacc|booster|boosters|jab|jabs|injection|injections) * ${animals}`,
        '(vaccin~|vaccine) (passport|card|book|certificate|record) (holder|cover|case|wallet)',
        '(vaccin~|jab|jabs|injection) (story|prep~ book|anxiety book|doll)',
        'masta (chef|chefs|class|blaster|mind|mix|beats)',
        'jab (cross|and cross|hook|pad|pads|mitts)',
        ...onTheWayTo('vaccin~', 'jab', 'jabs', 'immunis~', 'travel clinic', 'flu jab', 'flu clinic', 'booster'),
      ],
      harmlessPayeeKinds: otherKinds,
      doubt: [
        '(pa|pas|employer|employers|employee|employees|staff|worker|workers|carer|carers|helper|nanny|childminder|assistant|assistants|colleague)',
        'occupational health',
      ],
    },
  },
  {
    ...absolute,
    code: 'SCREENING',
    name: 'Health screening',
    source: guideList,
    reason: 'a personal budget cannot pay for health screening',
    signals: {
      receipt: [
        'health (screen|screens|screening|screenings|mot|scan)',
        '(private|full body|whole body|mri|ct|pet|ultrasound|dexa|dxa|bone density|baby|heart|brain|lung|private mri) (scan|scans|scanning|screening|screen)',
        '(mri|ct|ultrasound) (appointment|fee|package)',
        '(mri|ct|dexa|dxa|ultrasound) * (scan|scans)',
        '(cancer|heart|cardiac|cholesterol|diabetes|bone density|osteoporosis|stroke|aneurysm|prostate|bowel|breast|cervical|lung|genetic|carrier|antenatal|std|sti|sexual health|hiv|allergy|wellness|wellbeing|medical|executive|mens|womens|well man|well woman|full) (screening|screen|screens|screenings)',
        'screening (test|tests|package|appointment|fee|clinic|blood)',
        '(mammogram|mammograms|mammography|smear test|psa test|cervical smear|colonoscopy screening|bone density test|heart health test|cardiac risk assessment|mole mapping|carotid scan|aaa scan|genetic health test|dna health test|bowel cancer test|bowel cancer kit|wellness blood panel|blood screening panel|health mot blood~|well being blood panel)',
        '(bupa|nuffield|360|wellness|advanced|premier|lifestyle|full|executive) health (assessment|assessments)',
        '(cholesterol|cancer marker|private blood|full blood|well man blood|well woman blood|hormone blood|thyroid blood) (test|tests|check|profile)',
      ],
      narrative: [
        'screening',
        'screenings',
        ...screeners,
        'medical screening',
        'body scan',
        '(mri|ct|ultrasound|baby) (scan|scans|scanning|centre|clinic|imaging)',
        'blood (test|tests|testing)',
      ],
      mccs: ['8071'],
      payeeKinds: ['screening-provider', 'screening-clinic'],
      ...notHealth,
      harmless: [
        '(open air|outdoor|community|drive in|family|kids|childrens|garden|rooftop|film|films|cinema|movie|theatre|relaxed|autism friendly|subtitled|captioned|dementia friendly|sensory|private cinema|matinee|special|charity|school|documentary|premiere|preview) (screening|screenings)',
        '(screening|screenings) (of|room|room ticket|club|society|tickets|ticket)',
        '(dyslexia|dyscalculia|dyspraxia|literacy|reading|maths|language|speech|phonics|phonological|irlen|sensory|autism|adhd|developmental|visual stress|hearing|employment|pre employment|dbs|reference|background|vetting|tenant|credit|security|candidate|applicant|cv|volunteer|criminal record|identity) (screening|screen|screener|check)',
        '(willow|bamboo|reed|hedge|privacy|garden|fence|fencing|window|door|insect|fly|mosquito|sun|solar|wind|noise|soil|sand|gravel|topsoil|trellis|balcony|patio|heather|brushwood) (screening|screen|screens)',
        '(body scan|body scans) (meditation|mindfulness|relaxation)',
        'screening (call|interview|process|fabric|roll|panel|panels|mesh|plants)',
        '(key|barcode|document|photo|3d|iris|foot|feet|printer|scanner) (scan|scans|scanner)',
        ...onTheWayTo('screening', 'health screening', 'scan', 'mri scan', 'ct scan', 'ultrasound', 'mri'),
      ],
      harmlessPayeeKinds: otherKinds,
    },
  },
  {
    ...absolute,
    code: 'NHS_HEALTH_CHECK',
    name: 'NHS health checks',
    source: guideList,
    reason: 'a personal budget cannot pay for health checks',
    signals: {
      receipt: [
        '(health|wellness) (check|checks|checkup|checkups|check up|check ups|mot)',
        'well (person|man|woman|men|women|mens|womans|mans) (check|checks|clinic|screen|screening|appointment|assessment)',
        '(medical|physical|body) (check|checks|check up|checkup|check ups|mot|examination)',
        '(annual|yearly|full|general|routine|six monthly) (physical|medical|checkup|check up)',
        '(blood pressure|cholesterol|bmi|40 plus|over 40s|midlife|mid life|nhs) (check|checks|health check|mot)',
      ],
      narrative: [
        'health chec…k',
        'wellman clinic',
        'wellwoman clinic',
        'well (man|woman|person) (chk|clinic|centre)',
        'health (chk|checkup|mot)',
        '(healthcheck|healthchecks|wellcheck)',
      ],
      payeeKinds: ['health-check-provider'],
      ...notHealth,
      harmless: [
        '(boiler|heating|gas|car|vehicle|van|bus|tyre|engine|winter|summer|battery|laptop|computer|pc|mac|tablet|ipad|phone|mobile|console|bike|bicycle|cycle|trike|wheelchair|powerchair|hoist|scooter|lift|stairlift|bed|mattress|buggy|equipment|website|system|systems|it|data|cyber|network|wifi|device|software|server|financial|finance|money|budget|mortgage|pension|business|charity|roof|drain|home|house|property|electrical|damp|pet|pets|dog|dog s|dogs|cat|puppy|kitten|rabbit|vet|veterinary|horse|pony|equine|guinea pig|hoof|fish|pond|pool|plant|lawn|soil|tree|trees|garden|hedge|hive|bee) (health|annual|yearly|full|medical|general|routine)? (health|medical|body)? (check|checks|checkup|check up|check ups|mot)',
        '(health|medical|body|full|annual|wellness) (check|checks|checkup|check up|mot) * (boiler|car|vehicle|van|laptop|computer|pc|phone|tablet|ipad|wheelchair|powerchair|hoist|scooter|bike|trike|pet|dog|cat|puppy|horse|pony|rabbit|fish|tree|trees|lawn|plants|battery|device|website|roof)',
        '(pre employment|preemployment|employment|employee|staff|pa|pas|personal assistant|occupational|new starter|starter|dbs|recruitment|driver|drivers|hgv|pcv|taxi driver|work) * (health|medical|physical)? (check|checks|check up|checkup|medical)',
        '(health|medical) (check|checks|questionnaire) * (pa|personal assistant|employment|employee|staff|new starter|worker|carer|applicant|driver)',
        '(health and safety|safety|risk|food|hygiene) (check|checks)',
        '(mental health|sexual health) (first aid|awareness)',
        ...onTheWayTo('health check', 'health checks', 'medical check', 'check up', 'checkup', 'well woman clinic'),
      ],
      harmlessPayeeKinds: otherKinds,
    },
  },
  ...doctorsAndDentists,
  ...elsewhere,
];
