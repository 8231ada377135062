import { oneSpaced } from '../../core/bank-text.js';

/**
 * The words of `:86:`. German, Austrian and Dutch banks divide it: three digits for the kind of business, then
 * subfields `?00` (its name), `?20`–`?29` and `?60`–`?63` (purpose), `?32` and `?33` (the other party), with the line
 * ends anywhere. Other banks write free text.
 */
export function mt940Description(lines: readonly string[]): { readonly text: string; readonly kind: string | null } {
  const divided = /^(\d{3})([?>@])(?=\d\d)/.exec(lines.join(''));
  if (!divided) return { text: oneSpaced(lines.join(' ')), kind: null };
  const mark = divided[2] as string;
  const parts = new Map<string, string>();
  for (const part of lines
    .join('')
    .slice(3)
    .split(new RegExp(`\\${mark}(?=\\d\\d)`))
    .slice(1)) {
    const key = part.slice(0, 2);
    parts.set(key, (parts.get(key) ?? '') + part.slice(2));
  }
  const among = (holds: (key: string) => boolean): string =>
    [...parts].flatMap(([key, value]) => (holds(key) ? [value] : [])).join('');
  const party = among((key) => key === '32' || key === '33');
  const purpose = among((key) => /^2\d$|^6[0-3]$/.test(key));
  const kind = oneSpaced(parts.get('00') ?? '');
  return { text: oneSpaced(`${party} ${purpose}`) || kind, kind: kind || null };
}
