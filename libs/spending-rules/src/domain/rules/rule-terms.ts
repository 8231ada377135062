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
  const place = `(the|a|an|his|her|their|my)? (${places.join('|')})`;
  const moving = 'travel~|taxi|lift|parking|mileage|bus|train|transport|journey';
  const helping =
    'wage~|salary|hours|shift|support|supporting|taking|took|takes|take|escort~|accompan~|drive|driving|drove';
  return [
    `(${moving}|${helping}) * (to|at|during|from) ${place}`,
    `(${moving}|${helping}) * for ${place} (appointment|appointments|visit|visits)`,
    `(taxi|parking|mileage|bus|train|wage~|escort~|accompan~) * (${places.join('|')}) (appointment|appointments|visit|visits)`,
  ];
}
