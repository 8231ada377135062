/**
 * Traders whose own name says what they sell, though no word of a rule is in it. Kept as classes, a line for each kind of
 * trade, so that a new one is added where its like already are. A name that is also an ordinary word stands only with
 * another word beside it, or at the start of the line. A phrase with neither `^` nor `$` is also known by its cut end: its
 * beginning must be no other word's.
 */

/** Energy and water: bills of every household, which no line of a plan makes provision. */
export const utilities = [
  '(british gas|scottish power|scottishpower|edf|edf energy|octopus energy|ovo energy|eon next|e on next|e on energy|eon energy|npower|utilita|utility warehouse|telecom plus|shell energy|so energy|good energy|bulb energy|ecotricity|outfox the market|outfox energy|utility point|green energy uk|rebel energy|tomato energy|fuse energy|opus energy|sse energy|sse southern|co op energy|coop energy|calor gas|calor|flogas|avanti gas|certas energy|boilerjuice|boiler juice|npower ltd|electric key|gas card top up|homeserve|boiler plan|boiler cover)',
  '(edf|octopus|ovo|eon|e on|utilita|shell|so|good|sse|bulb|ecotricity|opus) (energy|electric|electricity|gas)',
  '(united utilities|severn trent|thames water|anglian water|yorkshire water|southern water|south west water|wessex water|northumbrian water|northumbria water|essex and suffolk water|affinity water|dwr cymru|welsh water|bristol water|portsmouth water|ses water|sutton and east surrey water|south east water|south staffs water|cambridge water|hafren dyfrdwy|southern water|castle water)',
] as const;

/** Telephone, broadband, television and streaming. */
export const telephones = [
  '(vodafone|talktalk|talk talk|plusnet|virgin media|giffgaff|british telecom|bt group|bt broadband|bt mobile|bt plc|ee limited|ee ltd|ee mobile|ee t mobile|t mobile|o2 uk|telefonica|tesco mobile|sky mobile|sky broadband|sky digital|sky uk|sky subscription|sky subscribers|three mobile|three co uk|hutchison 3g|h3g|lebara|lycamobile|lyca mobile|id mobile|id mobile ltd|smarty|voxi|spusu|1p mobile|asda mobile|talkmobile|talk mobile|carphone warehouse|kcom|hyperoptic|community fibre|zen internet|vonage|now broadband|shell energy broadband|gigaclear|toob|youfibre|brsk|trooli|cuckoo broadband|mobiles co uk|fonehouse)',
  '(netflix|netflix com|spotify|disney plus|disneyplus|now tv|nowtv|amazon prime|prime video|apple tv|youtube premium|youtubepremium|britbox|paramount plus|discovery plus|dazn|tnt sports|audible|deezer)',
  '^(o2|ee|bt|voda)',
  '^(three|sky)$',
] as const;

/** Meals out, brought to the door or taken away. */
export const eatingOut = [
  '(greggs|mcdonalds|mcdonald s|mcdonald|kfc|burger king|subway|dominos|domino s|domino s pizza|pizza hut|pizza express|pizzaexpress|papa johns|papa john s|nandos|nando s|costa|costa coffee|starbucks|pret a manger|pret|caffe nero|cafe nero|just eat|justeat|deliveroo|uber eats|ubereats|foodhub|too good to go|toogoodtogo|hello fresh|hellofresh|gousto|mindful chef|abel and cole|riverford|wagamama|five guys|toby carvery|harvester|beefeater|brewers fayre|wetherspoon~|jd wetherspoon|j d wetherspoon|frankie and benny~|frankie benny~|bella italia|prezzo|zizzi|ask italian|yo sushi|itsu|wasabi sushi|tortilla|chipotle|taco bell|wimpy|popeyes|slim chickens|german doner kebab|tim hortons|krispy kreme|dunkin~|millies cookies|auntie annes|west cornwall pasty|cornish bakery|gails bakery|patisserie valerie|cooplands|sayers|poundbakery|wenzels|birds bakery|bills restaurant|tgi fridays|tgi friday|nando|las iguanas|turtle bay|miller and carter|hungry horse|sizzling pubs|vintage inns|chef and brewer|wendys|shake shack|esquires coffee|coffee 1|black sheep coffee|soho coffee|muffin break|upper crust|bagel factory|cojean|farmer j|tossed|crussh|boost juice)',
  '(fish bar|fish and chips|fish n chips|chip shop|chippy|chinese takeaway|takeaway|take away|kebab|kebabs|tandoori|curry house|balti|peri peri|fried chicken|noodle bar|sandwich bar|carvery|steakhouse|burger bar)',
] as const;

/** Clothes and shoes, for anybody. */
export const clothing = [
  '(primark|next retail|next plc|next directory|next online|matalan|new look|newlook|h and m|hennes|george at asda|tk maxx|tkmaxx|t k maxx|peacocks|river island|clarks|clarks shoes|asos|shein|boohoo|prettylittlething|plt|missguided|zara|uniqlo|topshop|dorothy perkins|burton|debenhams|house of fraser|john lewis|fenwick|selfridges|harvey nichols|marks and spencer|marks spencer|m and s|bonmarche|m and co|mandco|select fashion|pep and co|jd sports|jdsports|sports direct|sportsdirect|footlocker|foot locker|size uk|schuh|office shoes|shoe zone|shoezone|deichmann|wynsors|brantano|start rite|startrite|russell and bromley|kurt geiger|skechers|crocs|nike|adidas|puma|vans store|superdry|fat face|fatface|joules|white stuff|seasalt|boden|mountain warehouse|trespass|craghoppers|north face|berghaus|millets|blacks outdoor|regatta|ted baker|jigsaw clothing|hobbs|whistles|monsoon|accessorize|claires accessories|h samuel|ernest jones|moss bros|charles tyrwhitt|tm lewin|suitsupply|hawes and curtis|jack wills|hollister|abercrombie|urban outfitters|weird fish|roman originals|quiz clothing|jacamo|bhs|lands end|cotton traders|mamas and papas|mothercare|jojo maman bebe|vertbaudet|la redoute|zalando|secret sales|vinted|trutex|schoolwear|school uniform shop|uniform shop|schoolblazer)',
  '^(next|gap|mango|zara|moss|vans|dune)$',
] as const;

/** Furniture, household goods, building and the garden. */
export const householdShops = [
  '(ikea|carpetright|carpet right|tapi carpets|scs|scs sofas|dfs|dfs furniture|sofology|furniture village|oak furnitureland|oak furniture land|harveys furniture|bensons for beds|bensons|dreams beds|dreams ltd|silentnight|emma mattress|simba sleep|dunelm|wilko|wilkinson|b and m|b and m bargains|b m bargains|home bargains|homebargains|homesense|home sense|poundland|poundstretcher|poundworld|bargain buys|qd stores|boyes|argos|currys|curry s|currys pc world|pc world|ao com|ao retail|ao limited|appliances direct|appliances online|hughes electrical|richer sounds|euronics|lakeland|robert dyas|habitat|made com|wayfair|laura ashley|cath kidston|zara home|h and m home|next home|heals|barker and stonehouse|b and q|b q|bandq|homebase|wickes|screwfix|toolstation|travis perkins|jewson|selco|howdens|magnet kitchens|wren kitchens|wrens kitchens|bathstore|victoria plum|victorian plumbing|topps tiles|tile giant|plumb center|plumb centre|city plumbing|leyland sdm|dulux|crown decorating|farrow and ball|hillarys|blinds 2go|anglian windows|everest windows|safestyle|worcester bosch|dyson|hotpoint|bosch|beko|whirlpool|karcher|tefal|timpson|johnsons dry cleaners|dry cleaners|dry cleaning|laundrette|launderette|big yellow storage|safestore|self storage|pickfords)',
  '^the range',
  '(carpet|carpets|flooring|sofa|sofas|bed|beds|bedroom|mattress|mattresses|furniture|kitchen|kitchens|bathroom|bathrooms|curtain|curtains|blinds|tile|tiles|paint|lighting|appliance|appliances|white goods) (shop|store|stores|warehouse|centre|superstore|world|village|direct|outlet|company|showroom|mart|land|king|express|factory)',
  '(builder|builders|roofing|roofers|plumber~|plumbing|electrician~|plasterer~|decorator~|handyman|kitchen fitter~|window cleaner~|gardener~)',
  '(builders|building) (merchant~|supplies|work|works|services|contractor~)',
  '(card factory|clintons|clinton cards|moonpig|funky pigeon|interflora|bloom and wild|hotel chocolat|thorntons|notonthehighstreet|not on the high street|prezzybox|getting personal|gift shop|gift card|gift cards)',
] as const;

/** Fuel for the car, and the car. */
export const fuelAndCars = [
  '^(esso|shell|texaco|murco|applegreen|mfg|rontec|gleaner|maxol|euro garages|eg group|welcome break|roadchef|extra msa)',
  '^(bp|jet|gulf|total|moto)$',
  '(shell|esso|texaco|bp|jet|gulf|total|murco|asda|tesco|sainsburys|sainsbury s|morrisons|co op|costco) (petrol|pfs|fuel|garage|filling|service~|connect|express|select|pay at pump|forecourt|mfg|pump|station|auto)',
  '(service|petrol|filling) (stn|sta)',
  '(petrol~|filling station|service station|petrol station|fuel station|pay at pump|pfs|forecourt|motor fuel group|euro garages|applegreen|bp connect|bp pulse|pod point|podpoint|gridserve|instavolt|osprey charging|ionity|tesla supercharger|chargeplace|ev charging|ubitricity)',
  '(kwik fit|kwikfit|halfords|euro car parts|ats euromaster|national tyres|formula one autocentre~|f1 autocentre~|mr clutch|dvla vehicle|dvla|vehicle tax|road tax|car tax|admiral insurance|direct line|churchill insurance|aviva car|hastings direct|esure|more than|lv insurance|marshmallow insurance|saga insurance|green flag|car wash|imo car wash|autoglass|webuyanycar|mot test|mot centre|mot station)',
] as const;

/** A roof: rent, mortgages, council tax and what comes with a home. */
export const housing = [
  '(landlord|landlords|housing association|housing assoc|housing trust|housing group|homes rent|rent payment|council rent|ground rent|service charge flat|letting agent~|lettings|openrent|rightmove|spareroom|peabody|clarion housing|l and q|london and quadrant|notting hill genesis|sanctuary housing|home group|riverside housing|places for people|anchor hanover|guinness partnership|guinness trust|hyde housing|metropolitan thames valley|sovereign housing|stonewater|platform housing|bromford|orbit housing|orbit group|midland heart|walsall housing|gentoo|karbon homes|thirteen group|together housing|onward homes|torus|your housing group|great places|jigsaw homes|regenda|southway housing|wythenshawe community housing|abri|aster group|livewest|curo|vivid homes|paradigm housing|catalyst housing|network homes|a2dominion|optivo|moat homes|golding homes|west kent housing|town and country housing|southern housing|one housing|octavia housing|swan housing|flagship homes|housing 21|accent housing|incommunities|yorkshire housing|wakefield district housing|berneslai homes|st leger homes|northwards housing|bolton at home|first choice homes|mortgage~|nationwide mortgage|estate agent~|service charge|home insurance|contents insurance|buildings insurance)',
  '(council tax|ctax|c tax|counciltax)',
] as const;

/** Supermarkets and corner shops: everyday food and much else, so that only a receipt tells. */
export const supermarkets = [
  '(tesco|sainsburys|sainsbury|sainsbury s|asda|morrisons|morrison|wm morrison|waitrose|aldi|lidl|ocado|farmfoods|farm foods|heron foods|budgens|costcutter|londis|nisa local|nisa extra|mccolls|premier stores|premier express|booker|costco|makro|food warehouse|iceland foods|e h booths|booths supermarket|dunnes stores|family shopper|best one|bestone|happy shopper|whole foods market|planet organic|jacks supermarket|getir|gorillas|zapp|amazon fresh|co op food|coop food|centra|david sands|proudfoot supermarket~|jempsons|roys of wroxham|filco|asian supermarket|polish supermarket|cash and carry)',
] as const;

/** Taxis, trains, buses and hired cars. */
export const travelCompanies = [
  '(trainline|thetrainline|trainline com|national rail|network rail|lner|avanti|avanti west coast|gwr|great western railway|great western|northern rail|northern railway|northern trains|northernrailway|southeastern|southern rail|southern railway|thameslink|greater anglia|great northern|c2c|c2c rail|chiltern railways|cross country|crosscountry trains|east midlands railway|east midlands trains|emr|london northwestern|west midlands railway|west midlands trains|wmt|transpennine|trans pennine|tpexpress|tpe|hull trains|grand central rail|lumo|merseyrail|scotrail|transport for wales|tfw rail|south western railway|swr|swrailway|heathrow express|gatwick express|stansted express|eurostar|trainpal|raileasy|redspottedhanky|railcard|railcards|tfl|tfl travel|tfl gov uk|transport for london|tfl travel ch|oyster|metrolink|supertram|tyne and wear metro|nexus metro|docklands light|dlr|elizabeth line)',
  '(stagecoach bus~|stagecoach services|arriva|arriva bus~|first bus|firstbus|first west yorkshire|first manchester|first essex|go ahead|go north east|go north west|national express|nat express|megabus|flixbus|diamond bus|blackpool transport|nottingham city transport|trent barton|transdev|yellow buses|morebus|brighton and hove bus~|reading buses|oxford bus|metrobus|lothian buses|bee network|nx bus|cardiff bus|bus pass|bus ticket~|rail ticket~|train ticket~|railway station|ticket office rail)',
  '(uber~|bolt eu|bolt ride|bolt taxi|addison lee|freenow|free now|ola cabs|veezu|gett|wheely|taxi|taxis|cab|cabs|minicab|minicabs|private hire|radio cars|hackney carriage|delta taxis|station cars|airport cars)',
  '(star|airport|station|city|local|town|a1|ace|abc|premier|village|delta|express|royal|diamond|blue line|metro|phoenix|speedy) cars',
  '(motability|motabilityops|enterprise rent~|enterprise rac|hertz|avis|europcar|sixt|budget car|thrifty car|zipcar|zip car|hiyacar|turo|getaround|car hire|van hire|car rental|car lease|arnold clark rental|lex autolease|blablacar)',
] as const;

/** Those who lend, those who let pay later, and those who collect. */
export const lenders = [
  '(aqua card|aquacard|aqua credit|marbles card|fluid card|vanquis~|newday|new day ltd|capital one|capitalone|barclaycard|mbna|amex|american express|zable|tymit|jaja finance|chrysalis card|118 118 money|118118 money|amigo loans|bamboo loans|avant credit|likely loans|everyday loans|loans 2 go|loans2go|loans at home|oakbrook|lendable|zopa|oplo|evolution money|norwich trust|together money|pepper money|shawbrook|hitachi personal|hitachi capital|novuna|v12 retail|duologi|divido|omni capital|payl8r|pay4later|snap finance|ikano|creation consumer|creation financial|creation fin|close brothers|premium credit|paypal credit|pp credit|monzo flex|klarna~|clearpay~|clear pay|laybuy|zilch|openpay|butter pay|payitmonthly|sezzle|afterpay|pay in 3|payin3|pay later|newday ltd|brighthouse|perfecthome|perfect home|buy as you view|fair for you|dunraven|quickquid|wonga|sunny loans|lending stream|satsuma|moneyboat|mr lender|mrlender|cashfloat|cash float|peachy loans|drafty|safetynet credit|myjar|dot dot loans|fernovo|updraft|creditspring|salad money|salad finance|koyo loans|my community finance|provident personal|provident financial|morses club|greenwoods|shopacheck|non standard finance|logbook loan~|varooma|h and t pawn~|pawnbroker~|albemarle bond|ramsdens|cash generator|wageday|payday uk|payday express|pounds to pocket|minicredit|cash lady|loan pig|credit union loan|credit union repay~)',
  '(moneybarn|motonovo|advantage finance|blue motor finance|marsh finance|first response finance|specialist motor finance|alphera|bmw financial|bmw finance|mercedes benz fin~|volkswagen fin~|vw finance|vwfs|ford credit|fce bank|toyota fin~|rci fin~|psa finance|stellantis fin~|santander consumer|hyundai capital|honda finance|nissan finance|mini finance|audi finance|zuto|carfinance 247|car finance 247|car cash point|moneyway|billing finance|close motor|mallard vehicle finance|northridge finance)',
  '(lowell~|cabot financial|cabot fin|cabot uk|cabot credit|arrow global|pra group|link financial|moorcroft|intrum|robinson way|wescot|capquest|idem servicing|perch group|perch capital|jefferson capital|resolvecall|resolve call|bw legal|drydens~|overdales|hoist finance|max recovery|asset link|past due credit|advantis|akinika|bpo collections|allied international credit|aic uk|fredrickson~|mortimer clarke|restons|zinc group|lcs ltd|ardent credit|apex credit|credit style|credit security|commercial collection|csl debt|credit solutions|stepchange|payplan|gregory pennington|harrington brooks|creditfix|aperture debt|hanover insolvency|debt free direct|insolvency|iva payment|bailiff~|enforcement agents|marston holdings|marston group|jacobs enforcement|jbw group|bristow and sutor|equita ltd|rossendales|newlyn plc|cdr group|excel civil|penham excel|high court enforcement|hce group|ross and roberts|court enforcement)',
  'next directory * (account|acc|credit)',
  '(very|littlewoods|freemans|jd williams|simply be|simplybe|ambrose wilson|fashion world|grattan|kaleidoscope|look again|jacamo|argos|marisota|curvissa|swimwear365|k and co|bon prix|additions direct|shop direct) (account|catalogue|card|pay|payment|finance|credit|pymt|flex)',
  '^(next|studio) (account|catalogue|card|pay|finance|credit|pymt)',
  '(littlewoods|jd williams|very co uk|shop direct|n brown|ambrose wilson|express gifts)',
  '^(freemans|grattan|fashion world|simply be|kaleidoscope|black horse|blackhorse|startline|oodle|vanquis)$',
  '(black horse|blackhorse|startline|oodle) (ltd|limited|finance|fin|motor|car|cars|loan|loans|repayment)',
  '(hsbc|barclays|natwest|lloyds|santander|halifax|tsb|nationwide|tesco bank|sainsburys bank|virgin money|rbs|co op bank|m and s bank|post office|asda money|john lewis|first direct|metro bank) (loan|loans|creditcard|credit card|cc|card payment|visa payment)',
] as const;

/** Bookmakers, casinos, bingo and lotteries. */
export const gamblers = [
  '^camelot',
  '(betfred~|betfair~|betway~|betvictor~|bet victor|betmgm~|betuk~|betdaq~|betano|betsson|betsafe|betgoodwin|betzone|betbright|betiton|unibet~|bwin|sbobet|hollywoodbets|dragonbet|quinnbet|kwiff|novibet|parimatch|smarkets|spreadex|sporting index|fitzdares|star sports bet~|geoff banks|jenningsbet|jennings bet|corbett sports|corbettsports|toals|stan james|stanjames|boylesports~|boyle sports|skybet|sky bet|sky vegas|sky bingo|sky poker|sky betting|ladbrokes~|williamhill~|paddypower~|888casino|888sport|888poker|888 holdings|leovegas|casumo|32red|playojo|pokerstars|partypoker|foxybingo|galabingo|gala bingo|meccabingo|jackpotjoy|jackpot joy|rainbow riches|virgin games|virgin bet|virginbet|tombola bingo|tombola ltd|double bubble bingo|wink bingo|sun vegas|dream vegas|monopoly casino|grosvenorcasinos|lottoland|lottery com|lotto go|lottogo|postcode lottery|postcodelottery|health lottery|people s postcode|peoples postcode|omaze|allwyn|tote sport|totepool|tote betting|the tote co|football pools|thepools|the pools ltd|weather lottery|irish lotto|euromillions|euro millions|scratch card~|scratchcard~|winners enclosure bet~|10bet|22bet|1xbet|bc game|rollbit|vbet|livescore bet|talksport bet|bzeebet|gentingcasino|admiral slots|admiral casino|merkur slots|cashino|quicksilver gaming|palace bingo|carlton bingo|club 3000 bingo|buzz bingo|mecca bingo|raffle house|bestofthebest|botb)',
] as const;

/** Who sells drink. */
export const drinkSellers = [
  '(oddbins|threshers|thresher wine~|bargain booze|majestic wine~|naked wines|laithwaite~|laithwaites|virgin wines|wine society|sunday times wine~|averys wine~|berry bros|berry brothers|hedonism wines|slurp wine|vivino|virgin wine~|direct wines|wine direct|beer52|beer hawk|beerhawk|beerwulf|flavourly|brewdog|brew dog|craft gin club|craft gin|master of malt|whisky exchange|the bottle club|the drink shop|drinksupermarket|31dover|amathus drinks|gerrys wines|nicolas wines|hic wine|wine rack|winerack|victoria wine|unwins|cellarhand|vintner~|wine merchant~|wines and spirits|bottle shop|bottleshop|micropub|micro pub|alehouse|ale house|beer house|beerhouse|wine bar|cocktail bar|nightclub|gin palace|pubs|pub|revolution bar~|slug and lettuce|all bar one|be at one|walkabout bar|yates wine~|popworld|pitcher and piano|o neills pub|oneills bar|stonegate pub~|greene king pub~|marstons pub~|craft union pub~|tap house|taphouse|working mens club|social club bar|off sales|beers wines|booze~|get drinks delivered)',
] as const;

/** Who sells tobacco and vapes. */
export const smokeSellers = [
  '(evapo|totally wicked|vpz|vape~|vaping~|vapourcore|vapestore|vapestick|vaporized|vapouriz|vapourized|vapour lounge|vapour store|vapour shop|vapour trail vapes|jac vapour|superdrug vape|blu ecig~|blucigs|e cig~|ecig~|ecigs|ecigwizard|electric tobacconist|electronic cig~|gosmokefree|go smoke free|royal flush vape~|tobacconist~|tobacco~|cigar~|cigars ltd|havana house|c gars|cgars|smoke shop|smokers paradise|smokers world|smokeshop|hookah~|shisha~|e liquid~|eliquid~|juul|iqos|nicokick|northerner snus|snus~|snusdirect|nicotine pouches)',
] as const;

/** Private hospitals and clinics where operations are done. */
export const privateHospitals = [
  '(spire|nuffield|ramsay|circle|bmi|hca|aspen|kims|benenden|horder|transform) (hospital|hosp|healthcare)',
  '(ramsay|circle|spire) health',
  'horder centre',
  '^london clinic',
  '^the london clinic',
  'transform (clinic|cosmetic)',
  'hca (international|uk)',
  '(kims hospital|benenden hospital|practice plus group|one hatfield|one ashford|one healthcare|cleveland clinic|london bridge hospital|wellington hospital|portland hospital|princess grace hosp~|harley street clinic|king edward vii hosp~|st john and st elizabeth|hje hospital|highgate hospital|parkside hospital|cromwell hospital|bupa cromwell|bupa hospital|new victoria hospital|new foscote|schoen clinic|schon clinic|fortius clinic|phoenix hospital|sancta maria|claremont hospital|claremont private hospital|thornbury hospital|fairfield independent|independent hospital|euxton hall hosp~|fulwood hall hosp~|mount stuart hospital|duchy hospital|winterbourne hospital|pinehill hospital|rivers hospital|woodlands hospital|tees valley hospital|nova healthcare|moorfields private|royal marsden private|ppu|private patient~|private pts|private ptnts|private wing|private hosp~|private outpatient~|spamedica|newmedica|optegra|optimax|ultralase|centre for sight|london vision clinic|lasik|harley medical group|sk n clinic~|skn clinic~|mya cosmetic|mya clinic|pulse cosmetic|cosmetic clinic|aesthetic surgery|hernia clinic|vasectomy clinic|circumcision clinic|veincentre|vein centre|hair transplant~|bariatric~|tonbridge hospital|independent surg~)',
] as const;

/** Those who sell tests and scans to the well. */
export const screeners = [
  '^thriva',
  '(bluecrest~|randox~|medichecks|medicheck|letsgetchecked~|lets get checked|life line screening|lifeline screening|vista health|vista diagnostic~|prenuvo|ezra scan|neko health|echelon health|preventicum|check4cancer|check 4 cancer|checkmybody|bodyscan uk|body scan uk|scan com|scan clinic|ultrasound direct|window to the womb|alliance medical|inhealth diagnostic~|in health diagnostic~|oncoalert|23andme|atlas biomed|forth with life|forthwithlife|werlabs|monitor my health|lola health|london medical lab~|goodbody clinic|better2know|stdcheck|mole clinic|the mole clinic|screen4life|screen 4 life|premier health screen~|well woman screen~|bupa health assess~|nuffield health assess~|healthscreen~|health screen~|heart scan~|full body scan|mri scan~|mri centre|mri clinic|dxa scan|mammogra~|bone density~|scan centre|blood screening|cancer screen~|hiv test|std test|sti test|blood test~|dna health|genetic test~|healthspan blood|melio blood)',
] as const;

/** Vaccination by those who do little else. */
export const vaccinators = [
  '(masta|nomad travel|travel health~|travelhealth~|fit for travel|citydoc~|passport health|boots travel|trailfinders travel clinic|travel clinic~|travelclinic~|travel vaccin~|travel vacc~|travel jab~|holiday jab~|vaccin~|vaccs|immunis~|immuniz~|flu jab~|flujab~|flu vacc~|flu clinic|covid jab~|covid booster|covid vacc~|yellow fever|travelvax|travel doctor|travel doc|london travel clinic|globetrotters travel|vaccine clinic|jab clinic|jabs clinic|fleet street clinic|travel klinix|voyager medical|emcare travel|pharmadoctor|hajj vacc~|umrah vacc~|chickenpox clinic|hpv clinic|mmr clinic|meningitis b clinic|rabies clinic|malaria clinic)',
] as const;

/** Doctors on a screen, at the door and in the high street. */
export const doctorsByName = [
  'harley (street|st) (doctor|doctors|gp|health|medical|practice)',
  '(babylon health|babylon gp|push doctor|pushdoctor|gp at hand|livi uk|livi health|livi gp|livi online|medicspot|medic spot|doctap|doctorcall|doctor call|samedaydoctor|same day doctor|dr morton~|qured|hargrave~ medical|gpdq|gp dq|zava|treated com|london doctors clinic|doctors clinic|walk in doctor~|healthhero|doctorlink|lycahealth|lyca health|mygp|my gp|the gp service|gpservice|online doctor|onlinedoctor~|superdrug doctor|superdrug online doctor|lloyds online doctor|asda online doctor|doctor care anywhere|doctorcareanywhere|medicentre~|medicare clinic|private doctor~|visiting doctor~|doctor4u|doctor 4 u|dr fox|drfox|pall mall medical|roseway labs|mayfair gp|concierge doctor~|concierge medical|mobile doctor~|home visit doctor~|medical letter~|fit note~|sick note~|gp fee~|medical report~|medical records|polyclinic|health ctr|healthcentre|health centre|medical centre|medcentre|med ctr|medctr)',
] as const;

/** Dentists whose names have no dentist’s word, and dental plans. */
export const dentistsByName = [
  '(mydentist~|denplan|practiceplan|dpas|dencover|smile direct|smiledirect~|straight teeth direct|dr smile|drsmile|your smile direct|yoursmiledirect|impress ortho~|invisalign~|dentix|dentiq|toothbeary|toothclub|teeth first|portmandental~|portman dent~|rodericks|colosseum|damira|clyde munro|together dental|gentle dental|bupa dental|oasis dental|dentalcare~|dental~|dentist~|denture~|orthodon~|ortho clinic|braces clinic|tooth implant~|hygienist~|endodont~|periodont~|prosthodont~|whitening clinic|teeth whitening|smile makeover|smilecare|smile care)',
] as const;
