/**
 * Whether an amount, in pence without sign, stands in a text, read in every way in which a bank could have meant it: a
 * point or a comma for the decimals, the other for thousands, blanks within or between. Written apart from the parsers
 * on purpose, to check them.
 */
export function standsInText(pence: bigint, raw: string): boolean {
  return standsPlainly(pence, raw) || amountsInText(raw).has(pence);
}

/** Whether it is the sum or the difference of two amounts that stand in the text. */
export function isOfTwoInText(pence: bigint, raw: string): boolean {
  const inText = amountsInText(raw);
  return [...inText].some((one) => inText.has(one + pence) || inText.has(pence - one));
}

/** In digits, as most banks write it, with nothing of a number beside it: saves reading the whole text. */
function standsPlainly(pence: bigint, raw: string): boolean {
  const digits = pence.toString().padStart(3, '0');
  const [whole, part] = [digits.slice(0, -2), digits.slice(-2)];
  return stands(`${whole}.${part}`, raw) || stands(`${whole},${part}`, raw) || (part === '00' && stands(whole, raw));
}

function stands(text: string, raw: string): boolean {
  for (let at = raw.indexOf(text); at >= 0; at = raw.indexOf(text, at + 1)) {
    if (!partOfNumber(raw[at - 1]) && !partOfNumber(raw[at + text.length])) return true;
  }
  return false;
}

function partOfNumber(character: string | undefined): boolean {
  return character !== undefined && ((character >= '0' && character <= '9') || character === '.');
}

export function amountsInText(raw: string): Set<bigint> {
  const text = raw
    .replace(/<!--[^]*?-->|<!\[CDATA\[|\]\]>|<\?[^]*?\?>/g, '')
    .replace(/&(?:amp;)?#(\d{1,7});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&(?:amp;)?#x([0-9a-f]{1,5});/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
  const found = new Set<bigint>();
  // A comma may divide columns as well as thousands.
  const between = /[\s\u00a0\u202f]+|(?=,)/;
  for (const [run] of text.matchAll(/[\d.,][\d.,\s\u00a0\u202f]*/g)) {
    const words = run.split(between).filter(Boolean);
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= Math.min(words.length, from + 5); to += 1) {
        for (const pence of readings(words.slice(from, to).join(''))) found.add(pence);
      }
    }
  }
  return found;
}

function readings(digits: string): bigint[] {
  return [digits.replaceAll(',', ''), digits.replaceAll('.', '').replaceAll(',', '.')].flatMap((text) => {
    const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
    if (!match || text === '.' || text === '') return [];
    const fraction = (match[2] ?? '').padEnd(2, '0');
    if (/[1-9]/.test(fraction.slice(2))) return [];
    return [BigInt(`${match[1] || '0'}${fraction.slice(0, 2)}`)];
  });
}
