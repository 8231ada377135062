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
  const moving = 'travel~|taxi|lift|parking|mileage|bus|train|transport|journey';
  const helping =
    'wage~|salary|hours|shift|support|supporting|taking|took|takes|take|escort~|accompan~|drive|driving|drove';
  return [
    `(${moving}|${helping}) * (to|at|during|from) ${place}`,
    `(${moving}|${helping}) * for ${place} (appointment|appointments|visit|visits)`,
    `(taxi|parking|mileage|bus|train|wage~|escort~|accompan~) * (${longest}) (appointment|appointments|visit|visits)`,
  ];
}

/** A toy, a costume or a book about a thing is not the thing. */
export function playedOrRead(...things: string[]): string[] {
  const play = 'toy|toys|pretend|playmobil|lego|teddy|dolls|puppet|costume|role play|dressing up|sticker';
  // Not "book" alone before the thing: somebody may book the dentist.
  const about = 'picture book|story book|storybook|board book|book about|books about|social story|story about';
  const read = 'book|books|story|stories|storybook|comic|jigsaw|puzzle|game|dvd';
  const thing = [...things].sort((a, b) => b.length - a.length).join('|');
  return [`(${play}) * (${thing})`, `(${about}) * * (${thing})`, `(${thing}) * (${play}|${read}|playset)`];
}
