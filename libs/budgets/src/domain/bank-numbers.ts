/** How many digits a number of a bank has. */
export interface DigitCount {
  readonly least: number;
  readonly most: number;
}

export const sortCodeDigits: DigitCount = { least: 6, most: 6 };
export const accountNumberDigits: DigitCount = { least: 6, most: 10 };

export const sortCodePattern = patternOf(sortCodeDigits);
export const accountNumberPattern = patternOf(accountNumberDigits);

function patternOf({ least, most }: DigitCount): RegExp {
  return new RegExp(`^\\d{${least === most ? least : `${least},${most}`}}$`);
}
