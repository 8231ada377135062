import type { Family } from '../labelled.js';
import { printed } from './practice-two-printed.js';

const planned = 'planned, and nothing in the line is of an excluded kind';

export const practiceTwoHarmless: readonly Family[] = [
  {
    name: 'two: agreed care agencies and respite',
    why: planned,
    expected: 'allowed',
    // "Home care" is not a care home: nobody stays overnight.
    spends: printed(`
      BACS BLUEBIRD CARE WAKEFIEL
      FPO RADFIELD HOME CARE LTD
      DD HOMEINSTEAD STOCKPORT
      FPO PRESTIGE NURSING + CAR
      BACS CERA CARE OPERATIONS
      FPO SUNBEAMS SITTING SERVI
      CARD PAYMENT TO KIDS COUNTRY SHORT BRK
      FPO NIGHTOWL SLEEP-IN CARE
    `),
  },
  {
    name: 'two: agreed employment costs of personal assistants',
    why: 'planned costs of an employer (domain 7.4)',
    expected: 'allowed',
    spends: printed(`
      DD NEST IC000482211
      BACS HMRC PAYE 475PN0214887
      FPO PENDERELS TRUST PAYROLL
      CARD PAYMENT TO FISH INSURANCE PRESTON
      VIS UCHECK DBS CHECK SHEFF
      BACS L MORTON WAGES WK 06
      CARD PAYMENT TO INDEED UK JOB ADVERT
      DD MARK BATES EMPLOYERS LIA
    `),
  },
  {
    name: 'two: therapies bought as the plan agrees',
    why: 'private therapy is allowed where the plan has it (domain 5.4)',
    expected: 'allowed',
    spends: printed(`
      FPO SMALL STEPS PHYSIO LTD
      SUMUP *HYDROKIDS BUXTON
      BACS CHATTERBOX SALT LTD
      SQ *SENSORY OT WITH JO
      ZETTLE *KNEAD MASSAGE THER
      FPO OAKHILL PLAY THERAPY
      CARD PAYMENT TO REBOUND TRAMPOLINE THER
      BACS BOBATH CENTRE
      FPO DRAMATHERAPY WITH SUE
      SUMUP *EQUINE ASSISTED LEA
      SQ *MUSIC AS THERAPY CARDI
      BACS LEGO BASED THERAPY GRP
    `),
  },
  {
    name: 'two: agreed clubs, sport and outings',
    why: planned,
    expected: 'allowed',
    spends: printed(`
      CARD PAYMENT TO CLIP N CLIMB EXETER
      POS BIG WALL BOULDERING 02
      DD NORTHOLT LEISURE CENTRE
      SUMUP *GARIBALDI DANCE
      VIS ROYAL ARMOURIES LEEDS
      SQ *SADDLEWORTH RDA GROUP
      CARD PAYMENT TO TRAILBLAZERS CAMP RHYL
      ZETTLE *WHEELCHAIR BASKETB
      POS CHESTER ZOO UPTON
      FPO TIPTOES DANCE ACADEMY
      CARD PAYMENT TO BETTER GYM MILE END
      DD NUFFIELD HEALTH FITNESS
      SQ *SPIRIT OF PLAY HULL
      VIS ALEXANDRA PALACE ICE
      SUMUP *PADDLE BOARD PEMBS
      CARD PAYMENT TO STOCKPORT ARCHERY CLB
    `),
  },
  {
    name: 'two: agreed lessons from things that call themselves schools',
    why: 'no school place: lessons agreed in the plan',
    expected: 'allowed',
    spends: printed(
      `
      FPO RED SCHOOL OF MOTORING
      SUMUP *PUDDLE SWIM SCHOOL
      SQ *WILDWOOD FOREST SCHOOL
      CARD PAYMENT TO STABLE LANE RIDING SCH
      BACS ELMHURST PIANO LESSONS
      ZETTLE *FOSTERS DRUM SCHOO
      FPO ALPHABET TUTORS ONLINE
    `,
      { stream: 'EDU' },
    ),
  },
  {
    name: 'two: agreed spends whose name holds a doctor’s, surgeon’s or hospital’s word',
    why: 'another trade stands beside the word',
    expected: 'allowed',
    spends: printed(`
      SUMUP *SURGERY STREET GALLERY
      POS PHONE SURGERY REPAIRS
      ZETTLE *DOLLS HOSPITAL MUS
      VIS BICYCLE DOCTOR WORKSHO
      BACS BRAMBLE TREE SURGEONS
      SQ *HOSPITAL RADIO CLUB
      CARD PAYMENT TO PIANO DOCTOR TUNING
      FPO DR KOFI ASANTE ED PSYCH
      CARD PAYMENT TO OLD SURGERY POTTERY
    `),
  },
  {
    name: 'two: agreed spends whose name holds screen, scan, check or jab',
    why: 'no health screening, check or vaccination (domain 5.4)',
    expected: 'allowed',
    spends: printed(`
      POS ISCREEN PHONE SCREEN RE
      CARD PAYMENT TO SCREENPRINT STUDIO LDS
      VIS SHOWCASE SILVER SCREEN
      SQ *GREEN SCREEN FILM CLUB
      SUMUP *SCANDI CRAFT WORKSH
      CARD PAYMENT TO BODYJAM DANCE FITNESS
      FPO PC HEALTH CHECK AND SET
      BACS DISCLOSURE CHECKS LTD
      SUMUP *RELAXED SCREENINGS CINEMA
    `),
  },
  {
    name: 'two: agreed spends whose letters hide a tooth, a bet, a fine or a shop',
    why: 'letters inside other words say nothing',
    expected: 'allowed',
    spends: printed(`
      FPO INDEPENDENT LIVING CTR
      SQ *STUDENT ROCK BAND
      CARD PAYMENT TO BETHANY DAY CARE
      SUMUP *TIBETAN BOWLS SOUND
      VIS ACADEMY OF FINE ART
      BACS SEASHELL TRUST CHEADLE
      CARD PAYMENT TO TREEHOUSE CRAFT
      FPO POSITIVE PARENTING GRP
      ZETTLE *SMOKE & MIRRORS TH
      CARD PAYMENT TO FIBRE OPTIC SENSORY
      SUMUP *CASHMORE ALPACAS
      SQ *GINGERBREAD COOKERY
      POS LOTTIES POTTERY BARN
      CARD PAYMENT TO RUMPUS SOFT PLAY DERBY
    `),
  },
  {
    name: 'two: agreed animals, gardens and vets',
    why: 'planned: an assistance dog, horticulture, riding',
    expected: 'allowed',
    spends: printed(`
      CARD PAYMENT TO CROWN VETS ASSIST DOG
      SUMUP *THRIVE HORTICULTURE
      FPO DOGS FOR GOOD TRAINING
      POS HILLTOP EQUINE CENTRE
      SQ *ROOTS CARE FARM
      BACS WOODGREEN VETERINARY
    `),
  },
  {
    name: 'two: agreed equipment, hire and technology',
    why: planned,
    expected: 'allowed',
    // What the NHS or the council already gives is left out here: these are given by neither.
    spends: printed(`
      CARD PAYMENT TO SENSORY DIRECT LTD
      VIS TTS GROUP LTD NOTTS
      POS SPACEKRAFT SHIPLEY
      FPO ADAPTED TRIKE HIRE YORK
      CARD PAYMENT TO SMARTBOX GRID MALVERN
      SUMUP *BUBBLE TUBE HIRE
      CARD PAYMENT TO FLEDGLINGS CHEWY TOYS
      VIS INCLUSIVE TECHNOLOGY
    `),
  },
  {
    name: 'two: agreed charities and organisations with an official sound',
    why: 'neither a council’s sale nor an NHS service',
    expected: 'allowed',
    spends: printed(`
      FPO COUNCIL FOR DISABLED CH
      BACS NATIONAL AUTISTIC SOC
      CARD PAYMENT TO ST JOHN AMBULANCE CADE
      FPO RNIB BRAILLE COURSE
      BACS DOWNS SYNDROME ASSOC
      SUMUP *SCOUTS 4TH MARLOW
      CARD PAYMENT TO YMCA YOUTH CLUB CREWE
    `),
  },
  {
    name: 'two: agreed lessons bought from a council with education or health money',
    why: 'what a council sells is asked about in social care only (domain 5.2, LA_SERVICE)',
    expected: 'allowed',
    spends: [
      { description: 'BACS CALDERDALE MBC MUSIC SVC', stream: 'EDU' },
      { description: 'FPO LEEDS CITY COUNCIL ARTFORMS', stream: 'EDU' },
      { description: 'CARD PAYMENT TO SEFTON COUNCIL POOL HIRE', stream: 'HEALTH' },
    ],
  },
  {
    name: 'two: travel money spent as the family wishes',
    why: 'travel budgets are checked by attendance; the list is not applied to TRANSPORT (domain 2.9, 5.1)',
    expected: 'allowed',
    spends: printed(
      `
      SQ *DALES TAXIS SKIPTON
      POS SHELL HARROGATE RD
      CARD PAYMENT TO MERSEYRAIL LIVERPOOL
      FPO UBER TRIP HELP.UBER
    `,
      { stream: 'TRANSPORT' },
    ),
  },
  {
    name: 'two: a line’s own merchant code shows another trade than its words',
    why: 'a merchant code outranks the narrative’s keyword (domain 5.3)',
    expected: 'allowed',
    spends: [
      { description: 'CARD PAYMENT TO ELM TREE SURGERY', mcc: '0780' },
      { description: 'POS RIVERSIDE SURGERY BATH', mcc: '0742' },
      { description: 'VIS THE SCREENING ROOM', mcc: '7832' },
      { description: 'SUMUP *ALPHA BET THE MUSICAL', mcc: '7922' },
    ],
  },
  {
    name: 'two: agreed benefit for the whole family',
    why: 'the bar is on buying from a family member, not on one’s benefit (domain 5.4, Sabine)',
    expected: 'allowed',
    spends: printed(`
      DD DAVID LLOYD FAMILY MEMB
      FPO AA DRIVING LESSONS BROT
      CARD PAYMENT TO GO OUTDOORS FAMILY TEN
    `),
  },
  {
    name: 'two: agreed travel to the child’s hospital appointments, health money',
    why: 'the Jacobs’ travel to hospital is allowed from health money (domain 5.4)',
    expected: 'allowed',
    spends: printed(
      `
      CARD PAYMENT TO NCP HOSPITAL CAR PARK
      SQ *ACE CABS HOSPITAL RUN
      CARD PAYMENT TO TRAINLINE HOSPITAL APT
    `,
      { stream: 'HEALTH' },
    ),
  },
];
