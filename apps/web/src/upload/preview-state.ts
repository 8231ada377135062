import type { PreviewVerdict } from '@ringfence/statements';

/** Of each kind of line, how many a page shows at once. */
export const previewLinesPerGroupMax = 100;

export const previewVerdicts: readonly PreviewVerdict[] = ['POSSIBLE_DUPLICATE', 'NEW', 'HELD', 'NOT_POSTED'];

/** Where a group of lines begins: behind a position of the preview, and how many of its kind stand before. */
export interface Start {
  readonly after: number;
  readonly before: number;
}

/** What somebody looks at, and has ticked so far: the form carries it from page to page, and nothing is kept here. */
export interface PreviewState {
  readonly starts: Readonly<Record<PreviewVerdict, Start>>;
  /** Positions of possible duplicates that were ticked as new, on whatever page. */
  readonly accepted: ReadonlySet<number>;
  /** All possible duplicates are new. */
  readonly acceptAll: boolean;
  readonly confirmed: boolean;
}

type Form = Readonly<Record<string, string | string[] | undefined>>;

/** What came with the form; the button `go` moves one group on. What makes no sense begins at the beginning. */
export function previewStateFrom(form: Form = {}): PreviewState {
  const [wanted, start] = splitAt(String(form['go'] ?? ''), '=');
  return {
    starts: Object.fromEntries(
      previewVerdicts.map((verdict) => [verdict, startFrom(verdict === wanted ? start : form[`start-${verdict}`])]),
    ) as PreviewState['starts'],
    accepted: new Set(
      [form['accept'] ?? []]
        .flat()
        .filter((text) => /^\d{1,9}$/.test(text))
        .map(Number),
    ),
    acceptAll: form['acceptAll'] === 'yes',
    confirmed: form['confirmed'] === 'yes',
  };
}

export function startText({ after, before }: Start): string {
  return `${after}:${before}`;
}

function startFrom(text: unknown): Start {
  const match = /^(-1|\d{1,9}):(\d{1,9})$/.exec(String(text));
  return match ? { after: Number(match[1]), before: Number(match[2]) } : { after: -1, before: 0 };
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
