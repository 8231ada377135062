import { bankLines, cutLines, receipts, type Family } from '../labelled.js';

/** Written after the rules were last changed, and looked at once: see the README. */
export const heldOut: readonly Family[] = [
  {
    name: 'held out: harmless bank lines',
    why: 'planned, and another thing than the word in the name suggests',
    expected: 'allowed',
    spends: bankLines(`
      ASHGROVE TREE SURGERY AND LANDSCAPES
      KITE SURGERY WORKSHOP
      CROFT VETS4PETS
      HARE AND HOUNDS VETERINARY HOSPITAL
      CLOCK DOCTOR
      THE DRESS DOCTOR ALTERATIONS
      WATCH HOSPITAL
      ANGELSENSE GPS TRACKER
      SCREENSAVERS IT CLUB
      OPEN AIR SCREENINGS
      DEAFBLIND UK
      NORDOFF ROBBINS MUSIC THERAPY
      DR FIONA REED CLINICAL PSYCHOLOGIST
      HEALTHY LIVING COOKERY CLASS
      BETWEEN THE LINES THEATRE
      LOTTIE DOLLS
      BARGAIN BOOKS
      SMILEY PEOPLE DRAMA
      PILATES FOR KIDS
      SHAPLA CHILDMINDER
      COTTAGE PAYROLL
      ALLPAY EMPLOYERS LIABILITY
      MARLOW ROWING CLUB
      TREETOPS NURSERY
      SPRINGBOARD OPPORTUNITY GROUP
      FLORENCE NIGHTINGALE MUSEUM
      MEDIEVAL BANQUET
      PRACTICE ROOM HIRE
      DENTDALE RAILWAY
      CLINICAL WASTE BAGS DIRECT
      NAPPY PANTRY
      PHARAOHS FUN PARK
      CENTRE PARCS
      LASER QUEST
      BOTTLE BANK ARTS
      CHECKMATE CHESS CLUB
      LOAN CHAIR STUDIO
      SAVERNAKE FOREST CAMP
      GOOD VIBES DRUMMING
      ORTON DANCE
    `),
  },
  {
    name: 'held out: harmless receipts',
    why: 'agreed things whose names hold a signal’s word',
    expected: 'allowed',
    spends: receipts(`
      GPS tracker watch
      Doctor Who annual
      Vet fees, assistance dog
      Tooth fairy pillow
      Dentist visit social story
      Toothbrush
      Wine cork craft kit
      Ginger ale
      Beer garden entry, family picnic
      Screen reader software
      Privacy screen
      Health and safety check for trampoline
      First aid training for PA
      Medical ID bracelet
      Prescription swimming goggles hire
      Hospital radio volunteering badge
      Taxi home from dental appointment
      Lotto board game
      Library loan reservation
      Vaping awareness workshop
      Cider vinegar for cooking
      Cash box for shop game
      Sensory swing
      AAC app
      Boccia club
      Ear plugs
    `),
  },
  {
    name: 'held out: excluded receipts',
    why: 'the document names what is on the list',
    expected: 'excluded',
    spends: receipts(`
      HPV vaccination
      Flu vaccine
      Tetanus booster injection
      Travel jabs
      Mammogram screening test
      Full body MRI screen
      NHS health check
      Health check for adults
      Private doctor's appointment
      GP consultation fee
      Doctor's note
      Prescription x 3
      NHS prescription charge
      Dental crown
      Orthodontist retainer
      Dental band 3
      Tooth filling
      Private A&E consultation
      Ambulance fee
      Knee surgery
      Merlot wine
      Pint of lager
      Gin
      Tobacco 30g
      Vape liquid
      Thunderball lottery ticket
      Scratch cards
      Credit card repayment
      Klarna
    `),
  },
  {
    name: 'held out: listed bank lines',
    why: 'the bank’s words point to the list, and ask',
    expected: 'query',
    spends: [
      ...bankLines(`
        WILLOWBROOK SURGERY
        KINGSWAY MEDICAL PRACTICE
        DRS ADEYEMI & COX
        PRIORY HEALTH CENTRE
        NHS PRESCRIPTION PPC
        ROSE DENTAL PRACTICE
        VICTORIA ORTHODONTICS
        DENTIST4U
        CITYDOC TRAVEL CLINIC
        BLUECREST HEALTH
        SPIRE HEALTHCARE
        NUFFIELD HOSPITAL YORK
        CORAL RACING
        BETFAIR
        GALA BINGO
        CABOT FINANCIAL
        VAPE HUT
        WINE BAR SOHO
        BOOTS PHARMACY
        KNIGHTS CHEMIST
        EBAY
        PAYPAL GIFTS
        ATM CASH
        LIDL
        BANK CHARGES
      `),
      ...cutLines(
        'ST BARNABAS MEDICAL CENTRE\nORCHARD COURT SURGERY\nHEATHLANDS DENTAL PRACTICE\nMARKET SQUARE PHARMACY',
        18,
      ),
    ],
  },
];
