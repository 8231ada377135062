import { bankLines, cutLines, list, payslipLines, receipts, type Family } from '../labelled.js';

const allowed = { expected: 'allowed' } as const;

/** Planned spends that keyword lists trip over. */
export const harmless: readonly Family[] = [
  {
    ...allowed,
    name: 'trees, animals and repairs',
    why: 'a tree surgeon, a vet’s or a repairer’s surgery is no doctor’s',
    spends: bankLines(`
      OAKWOOD TREE SURGEONS
      J HALL TREE SURGEON
      GREENLEAF TREE SURGEONS LTD
      RIVERSIDE VETERINARY SURGERY
      MILL LANE VETS
      PENNINE VETERINARY CENTRE
      COMPANION CARE VETS
      PAWS ANIMAL HOSPITAL
      DALES SMALL ANIMAL SURGERY
      CHIMNEY SURGEONS YORK
      IPHONE DOCTOR LEEDS
      THE PHONE DOCTOR
      LAPTOP SURGERY
      PC DOCTORS LTD
      BIKE DOCTOR
      DR BIKE COMMUNITY WORKSHOP
      SHOE SURGERY
      DOLLS HOSPITAL
      TEDDY HOSPITAL WORKSHOP
      WHEELCHAIR DOCTOR REPAIRS
      SCREEN DOCTOR TABLET REPAIRS
      THE TOY SURGERY
    `),
  },
  {
    ...allowed,
    name: 'screens that screen nobody',
    why: 'cinemas, print shops and glass are no health screening',
    spends: bankLines(`
      THE SCREEN ON THE GREEN
      SCREEN CINEMA WINCHESTER
      EVERYMAN SCREEN 2
      ISCREEN REPAIR BRADFORD
      SMASHED SCREENS
      SCREENPRINT WORKSHOP
      SCREWFIX DIRECT
      AUTOGLASS WINDSCREENS
      BIG SCREEN COMMUNITY FILM
      SUNSCREEN DIRECT
      SCREEN PROTECTOR SHOP
      VUE CINEMA
    `),
  },
  {
    ...allowed,
    name: 'doctors of the stage and the shoe',
    why: 'the word doctor or GP stands in a name of something else',
    spends: bankLines(`
      DR MARTENS
      DOCTOR WHO EXPERIENCE
      DR SEUSS THEATRE TOUR
      DOCTOR DOLITTLE THEATRE
      BRITISH GP SILVERSTONE
      MOTO GP TICKETS
      GP KARTING
      DR BEATS DRUM WORKSHOP
      DRUM DOCTORS
    `),
  },
  {
    ...allowed,
    name: 'agreed activities',
    why: 'they are in the plan and no rule speaks of them',
    spends: bankLines(`
      OTTERS SWIM CLUB
      AQUA TOTS SWIMMING
      HYDROTHERAPY POOL DUNMERE
      RIDING FOR THE DISABLED ASSOC
      HOOFBEATS RIDING SCHOOL
      TRAMPOLINE PARK
      REBOUND THERAPY CLUB
      SENSORY ROOM HIRE
      SOFT PLAY CENTRE
      BOWLPLEX
      CLIP N CLIMB
      SAILABILITY TRUST
      CITY FARM EDUCATION
      MUSIC SPACE TRUST
      DRAMA LAB CIC
      YOUTH THEATRE
      LITTLE ACORNS CHILDMINDING
      SUNRISE CARE AGENCY
      STARFISH HOMECARE
      ABLE2 SUPPORT SERVICES
      GOLDCREST CARE LTD
      PEGASUS PAYROLL SERVICES
      ARK INSURANCE EMPLOYERS LIABILITY
      HMRC PAYE
      NEST PENSIONS
      MARK BATES INSURANCE
      WIGGLY WORMS SENSORY TOYS
      SPACEKRAFT SENSORY
      FLEDGLINGS SHOP
      TTS EDUCATIONAL SUPPLIES
      INCLUSIVE TECHNOLOGY
      APPLE STORE IPAD
      SCOUTS 3RD DUNMERE
      BROWNIES SUBS
      YMCA SUMMER SCHEME
      NATIONAL TRUST
      EDEN PROJECT
      MERLIN PASS THORPE PARK
      JUDO CLUB
      BALLET INCLUSIVE DANCE
      ART SHED WORKSHOPS
      POTTERY BARN STUDIO
      CLIMBING WALL
      CANOE TRUST
    `),
  },
  {
    ...allowed,
    name: 'therapies of the plan',
    why: 'therapies can be bought when the plan says so, and these are in it',
    spends: bankLines(`
      KIDS PHYSIO LTD
      NEUROPHYSIO MATTERS
      CHATTERBOX SPEECH THERAPY
      SENSORY OT PRACTICE
      BRIGHT MINDS PSYCHOLOGY
      DR LENA HART EDUCATIONAL PSYCHOLOGIST
      EQUINE THERAPY CENTRE
      MUSIC THERAPY WORKS
      PLAY THERAPY ROOMS
      ART THERAPY COLLECTIVE
      MASSAGE FOR ALL
      HARBOUR HYDROTHERAPY
      OSTEOPATH CLINIC
      COUNSELLING ROOMS
      BOBATH CENTRE
    `),
  },
  {
    ...allowed,
    name: 'words inside words',
    why: 'a word that only contains a signal, or a name that only sounds like one, says nothing',
    spends: bankLines(`
      BETTER GYM LEEDS
      BETTYS TEA ROOMS
      ALPHABET NURSERY
      ELIZABETH COURT HALL HIRE
      WINEBERRY FARM PARK
      GINGERBREAD CENTRE
      PORTLAND MUSEUM
      BARCLAY HALL HIRE
      CASHEL COMMUNITY CENTRE
      LOANHEAD LEISURE
      ATMOSPHERE TRAMPOLINES
      ORTHEZ FRENCH CLUB
      ALEXANDRA PALACE ICE RINK
      CIDERHOUSE GALLERY
      BREWHOUSE THEATRE
      SURREY DOCKS FARM
      CHECKERS BOARD GAMES
      HEALTHY BODIES GYM
      DENTON LEISURE CENTRE
      ACCIDENTAL THEATRE
      VACCARO DANCE
      BOOTSTRAP COMPANY ARTS
      WELLSPRING FARM
      PILLAR CLIMBING
      PRESCOT SWIM CLUB
      GPS ORIENTEERING CLUB
    `),
  },
  {
    ...allowed,
    name: 'names beside the registers',
    why: 'a longer or another name than a site’s, or a name that could be anybody’s, is not that site',
    spends: bankLines(`
      FENWICK ARTS CENTRE
      QUARRY HOUSE RIDING STABLES
      SORREL HOUSE BARN HIRE
      SORREL HOUSE MUSIC SCHOOL
      GROVE CAFE
      THE LIMES FARM SHOP
      THE LIMES
      GROVE
      14 COPPER ROW
      S J PENHALE
      TARN LANE STABLES
      MARLPIT FAMILY FARM
      SAXON GATE CINEMA
      COPPICE ROW ALLOTMENTS
      ST WINNOLDS SCOUT HUT
      OTTERFORD MILL
      WHITEGATES
      WHITEGATES FARM PARK
      HOLLYBANK NURSERY
      KESTREL SWIM SCHOOL
      LINDEN HALL
      FERRY STREET STUDIO
      TANNER AND SONS BUTCHERS
      DUNMERE LEISURE
      HALLOW LATE NIGHT DISCO
      WRENS NEST FARM
      P G ASHBY
      PELLOW SAILING
      HARTLEY SWIM TEAM
      DR OKAFOR MUSIC LESSONS
    `),
  },
  {
    ...allowed,
    name: 'names beside the registers, cut off',
    why: 'a name that is cut off is compared with the beginnings of names, and these go on another way',
    spends: cutLines(
      `
      FENWICK COMMUNITY THEATRE COMPANY
      QUARRY HOUSE RIDING STABLES LIMITED
      SORREL HOUSE BARN AND FIELD HIRE
      MARLPIT FAMILY FARM PARK AND CAFE
      COPPICE ROW ALLOTMENT SOCIETY
      HOLLYBANK DAY NURSERY AND CLUB
      FERRY STREET DANCE STUDIO DUNMERE
      ST WINNOLDS SCOUT AND GUIDE HALL
      OTTERFORD AND DISTRICT SWIMMING CLUB
      HARTLEY MEADOWS ADVENTURE GOLF
      `,
      20,
    ),
  },
  {
    ...allowed,
    name: 'harmless receipts',
    why: 'the receipt names a thing that is not what the word in it suggests',
    spends: receipts(`
      Screen protector for iPad
      Cinema ticket, relaxed screening
      Dyslexia screening assessment
      DBS check for new PA
      Pre-employment health check for PA
      Boiler health check at activity centre hire
      Laptop health check
      Bike health check
      Wheelchair health check
      Electric dental toothbrush
      Dentist role play set
      Social story about the dentist
      Picture book: Topsy and Tim go to the dentist
      Toy doctor kit
      Doctor costume
      Playmobil ambulance
      Toy vaccination set for teddy
      Vaccine card holder
      Dog vaccination, assistance dog
      Prescription swimming goggles
      Nature on prescription walk
      Ginger beer
      Root beer float
      Wine gums
      Red wine vinegar for cooking class
      Cider vinegar
      Alcohol free beer
      Non alcoholic cocktail
      Alcohol hand gel
      Antiseptic alcohol wipes
      Animal lotto board game
      Orchard Toys shopping lotto
      Toy library loan
      Equipment loan scheme
      iPad loan
      Smoking awareness book
      Sunglasses
      3D glasses
      Safety glasses for woodwork
      Optical illusion book
      Hall rent for youth club
      Wet wipes
      Ear defenders
      Weighted blanket
      Sensory light tube
      Chewy necklace
      Communication cards
      Swimming lesson
      Riding lesson
      Climbing session
      Cinema ticket
      Museum ticket
      Art materials
      Headphones
      First aid kit
      Plasters
      Sun cream
      Incontinence pads
      Bed protector
      Gloves for personal care
    `),
  },
  {
    ...allowed,
    name: 'on the way to an appointment',
    why: 'the helper’s time and the journey are not the appointment',
    spends: [
      ...receipts(`
        Taxi to the dentist
        Mileage to hospital appointment
        Bus fare to GP appointment
        Parking at hospital
        Support worker hours to take him to the doctor
        Escort to dental hospital, 3 hours
        Train to MRI scan
        Taxi from health centre
        PA wages for taking Daisy to the orthodontist
        Accompanying to flu jab
      `).map((spend) => ({ ...spend, stream: 'EDU' as const })),
      ...payslipLines(`
        Support at dentist appointment 2 hours
        Mileage to GP surgery
        Hours taking to the health check
        Basic pay
        Holiday pay
        Sleep-in
        Mileage 24 miles
        Bus fares for outings
        Cinema ticket for PA on outing
        Swimming entry as companion
      `),
    ],
  },
  {
    ...allowed,
    name: 'benefits to the family',
    why: 'a membership or lessons that others enjoy too employ nobody',
    spends: list(`
      FAMILY GYM MEMBERSHIP
      FAMILY SWIM MEMBERSHIP
      FAMILY ZOO MEMBERSHIP
      BROTHERS DRIVING LESSONS
      FAMILY SEASON TICKET FOR THE FARM PARK
    `).map((description, place) => ({
      description,
      amountPence: -4000n,
      receipt: [{ description: 'Membership for the year', amountPence: 4000n }],
      ...(place === 3 ? { receipt: [{ description: 'Driving lessons, ten', amountPence: 4000n }] } : {}),
    })),
  },
  {
    ...allowed,
    name: 'agency charges and interest',
    why: 'a late cancellation is paid for and counted, and interest is no spend',
    spends: bankLines(`
      SUNRISE CARE LATE CANCELLATION
      AGENCY CANCELLATION FEE
      MISSED SHIFT STARFISH
      SHORT NOTICE CANCELLATION RESPITE
      GROSS INTEREST
      INTEREST PAID TO YOU
      CREDIT INTEREST
    `),
  },
  {
    ...allowed,
    name: 'school transport',
    why: 'travel money is monitored by attendance: no rule here is about it',
    spends: bankLines(
      `
      SHELL PETROL
      BP FUEL
      CITY TAXIS
      TRAINLINE
      UBER TRIP
      ARRIVA BUS
      AA MEMBERSHIP
      CASHPOINT
      TESCO PETROL
      MOTABILITY
      `,
      { stream: 'TRANSPORT' },
    ),
  },
];
