/**
 * The form in which the national rules are written, for people who read and question them:
 *
 *     # A comment.
 *     code: TOBACCO
 *     reason: a personal budget cannot pay for tobacco
 *       or vaping
 *
 *     [receipt]
 *     cigarettes
 *     (rolling|filter) papers
 *
 * Fields first, then sections of one entry a line. A line that begins with a space goes on with the one before it.
 */
export interface RuleFile {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Line>;
  readonly sections: ReadonlyMap<string, Section>;
  /** Entries before any section: all that the file of a list has. */
  readonly entries: readonly Line[];
}

export interface Line {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

export interface Section {
  readonly heading: Line;
  readonly entries: readonly Line[];
}

/** A file of the national rules cannot be read: the message names the file and the line. */
export class RuleFileFault extends Error {
  constructor({ file, line }: Pick<Line, 'file' | 'line'>, message: string) {
    super(`${file}, line ${line}: ${message}`);
    this.name = 'RuleFileFault';
  }
}

/** Reads a file with fields: of a rule, or of the policy. */
export function readRuleFile(name: string, text: string): RuleFile {
  const fields = new Map<string, Line>();
  const sections = new Map<string, { heading: Line; entries: Line[] }>();
  let section: { heading: Line; entries: Line[] } | undefined;
  for (const line of linesOf(name, text)) {
    const heading = /^\[(.*)\]$/.exec(line.text)?.[1];
    if (heading !== undefined) {
      if (sections.has(heading))
        throw new RuleFileFault(line, `[${heading}] is there already: write each section once.`);
      sections.set(heading, (section = { heading: line, entries: [] }));
    } else if (section) {
      section.entries.push(line);
    } else {
      const [, field, value] = /^(\w+):\s*(.*)$/.exec(line.text) ?? [];
      if (field === undefined || value === undefined) {
        throw new RuleFileFault(
          line,
          `${JSON.stringify(line.text)} is no field: write "name: Tobacco", or a [section] first.`,
        );
      }
      if (fields.has(field)) throw new RuleFileFault(line, `${field} is there already: write each field once.`);
      fields.set(field, { ...line, text: value });
    }
  }
  return { name, fields, sections, entries: [] };
}

/** Reads a file of entries alone, one a line. */
export function readListFile(name: string, text: string): readonly Line[] {
  return linesOf(name, text);
}

/** The lines that say something, with those that go on joined to the line on which they began. */
function linesOf(file: string, text: string): Line[] {
  const lines: Line[] = [];
  for (const [place, raw] of text.split(/\r?\n/).entries()) {
    const line = place + 1;
    if (raw.trim() === '' || raw.startsWith('#')) continue;
    const last = lines.at(-1);
    if (!/^\s/.test(raw)) lines.push({ file, line, text: raw.trim() });
    else if (!last)
      throw new RuleFileFault({ file, line }, 'begins with a space, and there is no line before it to go on with.');
    // A choice of words may be broken after any of its bars.
    else lines[lines.length - 1] = { ...last, text: `${last.text} ${raw.trim()}`.replace(/\s*\|\s*/g, '|') };
  }
  return lines;
}
