/**
 * Trades and things whose names hold a word of a rule and are something else: a tree surgeon, a bike doctor, the old
 * dispensary that is now a bar. Written as classes, so that the next name of a class is known before it is met.
 */

export const animals =
  '(vet|vets|vets4pets|veterin~|animal|animals|pet|pets|paw|paws|dog|dogs|doggy|puppy|puppies|cat|cats|kitten~|horses|equine|equestrian|pony|ponies|donkey~|canine|feline|farrier|hoof|hooves|kennel|kennels|cattery|rabbit|rabbits|reptile~|aquatic|aquatics|aquarium~|avian|parrots|livestock|groomer~|grooming|poultry|hamster~|pawsome|k9)';

export const treesAndGardens = [
  '(arborist~|arboricult~|landscap~|horticult~|fencing|chainsaw|gardener|gardeners|gardening|mower|mowers|bonsai|houseplant~|stump removal|stump grinding)',
  'tree (surgeon|surgeons|care|felling|work|works|services|specialist~|expert~|consultan~|contractor~)',
  'tree surgery * (service|services|contractor~|specialist~|expert~|landscap~|garden~|fencing|felling)',
  'tree surgery (service|services|contractors|specialists|experts)',
  'garden (services|maintenance|centre|design~|care|machinery)',
];

const repairedThings =
  'phone|phones|mobile|mobiles|iphone|ipad|ipod|android|samsung|handset|gadget|gadgets|tablet|laptop|laptops|computer|computers|computing|pc|pcs|mac|macbook|console|xbox|playstation|nintendo|game|games|gaming|screen|screens|windscreen|windscreens|tv|telly|hifi|audio|radio|camera|cameras|lens|drone|printer|print|prints|watch|watches|clock|clocks|jewellery|shoe|shoes|heel|heels|trainer|trainers|sneaker|sneakers|leather|handbag|handbags|luggage|zip|denim|jeans|dress|suit|knitwear|clothes|garment|curtain|curtains|blinds|sofa|sofas|settee|furniture|chair|chairs|seating|mattress|carpet|carpets|rug|rugs|flooring|woodwork|worktop|taps|drains|plumbing|boiler|boilers|heating|oven|cooker|fridge|appliance|appliances|washer|hoover|vacuum|roofing|loft|gutter|gutters|chimney|chimneys|upvc|lawn|lawns|lawnmower|mower|plant|plants|houseplant|soil|compost|fish|koi|aquarium|bike|bikes|bicycle|cycle|cycles|trike|scooter|scooters|skate|skateboard|surfboard|kite|racket|racquet|pram|prams|buggy|pushchair|wheelchair|wheelchairs|hoist|car|cars|motor|motors|motorbike|motorcycle|van|vans|truck|caravan|caravans|campervan|camper|boats|engine|gearbox|clutch|exhaust|tyre|tyres|alloy|alloys|bumper|bodywork|paintwork|dents|scratch|toy|toys|doll|dolls|teddy|teddies|puppet|drum|drums|guitar|guitars|piano|pianos|violin|violins|fiddle|cello|instrument|instruments|woodwind|saxophone|sax|flute|accordion|amp|amps|amplifier|saddle|saddles|book|books|story|poetry|grammar|spelling|writing|script|manuscript|maths|homework|data|wifi|internet|website|wordpress|software|digital|brand|marketing|business|career|cv|tax|debt|legal|advice|housing|councillor|councillors|constituency|mp|mps|nail|nails|brow|brows|lash|lashes|hair|love|letter|spin|hedgehog|hedgehogs|wildlife|tortoise|china|washing machine|wedding dress|teddy bear';

/** `PHONE SURGERY`, `CLOCK DOCTORS`, `TEDDY BEAR HOSPITAL`, `DR BIKE`. */
export const menders = [
  `(${repairedThings}) (surgery|surgeries|surgeon|surgeons|doctor|doctors|dr|docs|doc|hospital|clinic|medic|medics|ambulance|dentist|dentists|gp|physician|paramedic|paramedics)`,
  '(dr|doctor) (bike|cycle|phone|mobile|computer|laptop|pc|dent|boiler|drain|gutter|damp|lawn|plant|vinyl|piano|guitar|drum|beats|clock|watch|sofa|carpet|zip|wifi|who|martens|dolittle|doolittle|seuss|zhivago|faustus|jekyll|feelgood|oetker)',
  'doctor (strange|foster|no|evil|death|hook)',
  '(doctors|drs) (orders|in the house|of rock|of rhythm)',
  '(repair|repairs|repairer~|repaired|refurb~|restoration~|restorer~|alteration~|mending|menders|mender|upholster~|reupholster~|cobbler~|spares|screen replacement)',
];

export const stageAndArts =
  '(gallery|galleries|theatre|theatres|theater|playhouse|cinema|cinemas|picturehouse|picture house|film|films|filmhouse|movie|movies|music|musical|musicals|drama|dramatic|dance|dancing|ballet|choir|orchestra|band|concert~|gig|gigs|festival|comedy|circus skills|circus school|pottery|ceramics|photography|photographer~|photo|photos|arts|museum|museums|exhibition|books|bookshop|bookstore|bookshops|comics|rehearsal|rehearsals|drum|drums|drumming|drummer~|guitar|guitars|piano|violin|samba|karaoke|vinyl|puppet~|storytell~|poetry|cosplay|panto~|art)';

export const sportsAndPlay =
  '(gym|gymnastics|fitness|yoga|pilates|boxing|kickboxing|martial|karate|judo|climbing|bouldering|golf|karting|kart|racing|racetrack|motorsport~|grand prix|silverstone|brands hatch|tickets|swim|swimming|swimmers|football|rugby club|rugby league|rugby tots|cricket club|cricket coaching|tennis|netball|hockey|skating|ski|surf|surfing|sailing|canoe~|kayak~|horse riding|pony riding|riding school|riding stables|riding centre|riding club|riding for|livery|trampolin~|soft play|playground|escape room|escape rooms|bowling alley|bowling club|tenpin|bowlplex|paintball|scouts|cubs|brownies|guides|orienteer~|geocach~)';

export const shopsAndCrafts =
  '(toy|toys|gifts|clothing|clothes|fashion|menswear|barber|barbers|hairdress~|tattoo|florist~|flowers|furniture|interiors|antiques|vintage|carpets|joinery|joiner~|carpentry|builders|plumbing|plumber~|electrical|electrician~|decorator~|motors|garage|tyres|autos|autocentre|cycles|bikes|craft|crafts|haberdashery|knitting|printing|printers|signs|signage|stationery|software|computing|computers|fancy dress|costume|costumes|games|gaming|hobbies|models)';

export const eatingAndStaying =
  '(cafe|cafes|coffee|tea room|tea rooms|tearoom|tearooms|bakery|bistro|bar and grill|bar and kitchen|kitchen and bar|bar kitchen|cocktail bar|juice bar|gastropub|tavern|grill|brasserie|restaurant|pizza~|deli|hotel|hostel|guest house|guesthouse|b and b|bed and breakfast|glamping|holiday let|holiday lets|airbnb)';

export const otherServices =
  '(solicitor~|legal|law|lawyer~|accountant~|accountancy|payroll|insurance|estate agent~|lettings|recruitment|recruit|cleaning|cleaners|laundry|allotment|allotments|councillor|childminder~|childminding|childcare|day nursery|playgroup|preschool|pre school|parking|car park|carpark|ncp|ringgo|paybyphone|taxi|taxis|cabs|minibus|training|tuition|tutor|tutors|tutoring|course|courses|workshop|workshops|first aid|waste|uniform~|scrubs|supplies|detection dogs)';

/** Therapies that a plan may buy: their rooms are often called a clinic, a practice or a centre. */
export const therapies = [
  '(therap~|physio~|neurophysio~|hydrotherap~|psychotherap~|hypnotherap~|aromatherap~|dramatherap~|osteopath~|osteo|chiropract~|chiro|podiatr~|chiropod~|massage|counsel~|psycholog~|reflexolog~|acupunct~|dietit~|dietic~|nutrition~|audiolog~|orthotic~|orthotist~|orthopt~|speech|slt|ot|aba|bobath|autism|autistic|adhd|dyslexia|dyslexic|dyspraxia|behaviour~|sensory|makaton|portage)',
];

/** Words that no surgery, hospital or clinic has in its name, and none of whose bank lines has beside it. */
export const noHealthTrade: readonly string[] = [
  animals,
  ...treesAndGardens,
  ...menders,
  ...therapies,
  stageAndArts,
  sportsAndPlay,
  shopsAndCrafts,
  eatingAndStaying,
  otherServices,
];

/** The same without therapies and shops that a dentist or a pharmacy may share a name with. */
export const noDentalTrade: readonly string[] = [
  animals,
  ...menders,
  // A trade comes last in its name: the Gallery Dental Practice is a dentist.
  `(dental|dentist|dentists|ortho|smile|smiles|dent|tooth|teeth) * ${stageAndArts}`,
  `(dental|dentist|dentists|ortho|smile|smiles|dent|tooth|teeth) * ${sportsAndPlay}`,
];

/** On a document's line: a book, a toy or a picture about a thing, which is not the thing. */
export const toysAndStories =
  '(book|books|storybook|story|stories|comic|magazine|dvd|toy|toys|game|jigsaw|puzzle|puppet|puppets|playset|play set|role play|roleplay|pretend|dressing up|dress up|fancy dress|costume|costumes|outfit|lego|playmobil|duplo|sylvanian|doll|dolls|dolls house|barbie|teddy|figure|figures|figurine|sticker|stickers|poster|flashcard~|flash cards|worksheet~|visual|visuals|symbols|picture cards|colouring|craft|crafts|museum|exhibition|theatre|pantomime|panto|cinema|play doh|playdough)';

/** On a document's line: the journey is what was paid for, wherever it went. */
export const journeys = [
  '^(taxi|taxis|cab|minicab|uber|mileage|miles|parking|car parking|car park|bus|train|rail|coach|minibus|tram|petrol|fuel|return taxi|return journey|return train|return bus|return mileage)',
  '^(travel|transport|journey|lift|drive|driver|fares|fare) (to|from|for|home|back|costs|cost|expenses|fare|fares)',
  '(hospital|hospitals|clinic|surgery|dentist|doctor|doctors|gp|medical centre|health centre) (parking|car park|taxi|mileage|bus fare|train fare|transport)',
];

/** Kinds of payee, as a person has confirmed them, in whose name a word of the list says nothing. */
export const otherKinds: readonly string[] =
  `agency care-agency childminder nursery therapist physiotherapist psychologist counsellor occupational-therapist
   speech-therapist club sports-club leisure-centre school college tutor insurer payroll-bureau hmrc pension-provider vet
   tree-surgeon gardener repairer repair-shop phone-repair cinema theatre gallery museum charity music-teacher
   riding-school personal-assistant taxi transport garage cafe restaurant`.split(/\s+/);

/** Merchant codes that tell another trade: they outrank the words of a bank line (domain: order of evidence). */
export const otherTradeMccs: readonly string[] =
  `0742 0763 0780 1520 1711 1731 1740 1750 1761 1799 2741 2791 2842 4111 4112 4121 4131 4411 4457 4511 4722 4789 4812 4816
   5013 5021 5039 5044 5045 5046 5065 5072 5074 5085 5094 5111 5131 5137 5139 5192 5193 5198 5200 5211 5231 5251 5261
   5511 5521 5531 5532 5533 5541 5542 5551 5561 5571 5611 5621 5631 5641 5651 5655 5661 5681 5691 5697 5698 5699 5712 5713
   5714 5718 5719 5722 5732 5733 5734 5735 5815 5816 5817 5818 5931 5932 5933 5935 5937 5940 5941 5942 5943 5944 5945 5946
   5947 5948 5949 5950 5970 5971 5972 5973 5978 5992 5995 5996 5998 6513 7011 7032 7033 7210 7211 7216 7217 7221 7230 7251
   7296 7299 7311 7333 7338 7342 7349 7361 7372 7379 7392 7393 7394 7395 7512 7519 7523 7531 7534 7535 7538 7542 7549 7622
   7623 7629 7631 7641 7692 7699 7829 7832 7841 7911 7922 7929 7932 7933 7941 7991 7992 7994 7996 7997 7998 7999 8111 8220
   8241 8244 8249 8299 8351 8398 8641 8651 8661 8675 8699 8911 8931`.split(/\s+/);
