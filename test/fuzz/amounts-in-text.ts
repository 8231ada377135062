/**
 * The amounts that stand in a text, in pence without sign, read in every way in which a bank could have meant them: a
 * point or a comma for the decimals, the other for thousands, blanks within or between. Written apart from the parsers
 * on purpose, to judge them: an amount that a parser reads must be among these.
 */
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
