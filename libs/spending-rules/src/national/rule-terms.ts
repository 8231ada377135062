/** The day of "Making it Personal 2" (September 2014), from which the national rules are taken to run. */
export const guideDate = '2014-09-01';
/** Liverpool City Council and CCG, Personalisation and Personal Budgets Policy, February 2017. */
export const liverpoolDate = '2017-02-01';

export const guideList = 'Making it Personal 2, section 5, “And what you can’t spend your personal budget on”';

export const putBack =
  'Please put this amount back into the account from your own money, or tell us if this has been misread.';
export const tellUs = 'Please send the receipt, or tell us in a sentence what it was for.';

/** A helper's time or a journey on the way to an appointment is not the appointment. */
export function onTheWayTo(...places: string[]): string[] {
  // The longest first: what is left of "GP surgery" without "GP" would still be read.
  const longest = [...places].sort((a, b) => b.length - a.length).join('|');
  const place = `(the|a|an|his|her|their|my)? (${longest})`;
  const moving =
    'travel|travelling|taxi|taxis|cab|lift|parking|mileage|miles|bus|train|transport|journey|petrol|fuel|fares';
  const helping =
    'wage~|salary|hours|hrs|shift|support|supporting|taking|took|takes|take|escort~|accompan~|chaperon~|companion~|drive|driving|drove|waiting|waited|stayed with|sat with';
  return [
    `(${moving}|${helping}) * (to|at|during|from) ${place}`,
    `(${moving}|${helping}) * (for|while|with|and) * ${place}`,
    `(taxi|parking|mileage|bus|train|wage~|hours|hrs|shift|support worker|escort~|accompan~|sitting service|sibling care) * (${longest}) (appointment|appointments|visit|visits|trip|run|day|journey)?`,
    `(${longest}) (appointment|appointments|visit|visits|trip|run|day) * (taxi|parking|mileage|bus fare|train fare|transport|travel|escort|hours|support hours|wages|cover|chaperone)`,
  ];
}

/** `LOANS FARM`, `SAVINGS HALL`: a place that is only called so. */
export const namedPlaces =
  '(hall|house|farm|lane|road|street|cottage|cottages|barn|barns|park|wood|woods|court|lodge|manor|mill|close|hill|green|meadow|meadows|stables|gallery|bridge|bay|grange|grove|yard|wharf|gardens|nursery|quarry|moor|beck|valley|island|beach)';

/** A riding school or a dance academy is no school place, and lessons there are not on a school's premises. */
export const namedSchools =
  '(riding|swim|swimming|dance|dancing|drama|stage|theatre|stagecoach|driving|music|rock|art|circus|ski|surf|surfing|sailing|summer|easter|holiday|forest|saturday|sunday|language|film|cookery|cooking|ballet|performing arts|gymnastics|tennis|golf|climbing|pottery|beauty|after|before|breakfast|out of|pony|horse|skating|canoe|football|soccer|rugby|cricket|martial arts|karate|chess|coding|steiner saturday|supplementary|weekend|evening|adult|online|home|sewing|craft|singing|voice|guitar|piano|puppy|dog|dog training) (school|schools|college|academy)';
