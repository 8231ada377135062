import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Words that were given up, and what is said instead (docs/concepts/vocabulary.md). A word that is also plain English is
 * looked for only in the shape in which it was a name. What a bank or a family wrote is quoted as it is.
 */
const givenUp: readonly GivenUp[] = [
  { say: 'allocated, unallocated, part-allocated', not: /\bunderstood\b/i },
  { say: 'allocate', not: /say what (it|this) was for/i },
  { say: 'funding stream', not: /kinds? of money|\bPots?[A-Z]\w+|\w+Pots?\b/, in: /\.(ts|njk|sql)$/ },
  { say: 'under query', not: /of this, being checked/i },
  { say: 'payment schedule, instalment', not: /payments? from the payers?|the payment that was due/i },
  { say: 'posted, post', not: /\b(in|into|to) the books\b/i },
  { say: 'bank description matches', not: /the bank.s text names/i },
  { say: 'possible duplicate', not: /doubtful/i },
  {
    say: 'received, received to date, part-received',
    not: /\bheld so far|partly held|monthsHeld|months_held/i,
  },
  { say: 'balance break', not: /(does|do) not join|doNotJoin/i },
  {
    say: 'reverse an import',
    not: /\b(take|takes|taken|took) (it |them |this )?back\b|takeBack|\breverts?\b|\breverting\b|revertStatement|reverted (line|import|statement)|withdrawThoughts/i,
  },
  { say: 'rejected', not: /\bset aside\b/i, in: /^(?!libs\/spending-rules\/src\/national\/)/ },
  { say: 'action needed, priority', not: /needs something|what matters most/i },
  { say: 'recipient’s own account', not: /account of one.s own/i },
  { say: 'export ledger (CSV)', not: /for a spreadsheet/i },
  { say: 'manual journal, manually', not: /\bby hand\b|hand.?journal|byHand|by-hand/i },
  { say: 'suggest-matches', not: /understand.?account/i },
  { say: 'assess, reassess', not: /\bjudge[sd]?\b|\bjudging\b|Judge[A-Z]|judge[A-Z-]/ },
  { say: 'documents', not: /\bpapers\b/, in: /^(libs\/(?!spending-rules\/)|apps\/(api|cli|worker)\/)/ },
  { say: 'action, administrative task', not: /\bdeeds?\b/i },
  {
    say: 'system, library, app',
    not: /\b(this|other|these|those|the|whatever) rooms?\b|\bthe house\b|\bdoors\b/i,
    in: /^(?!libs\/spending-rules\/src\/)/,
  },
  { say: 'is idempotent', not: /\bbears? repeating/i },
  { say: 'returns', not: /^\s*(\/\*\*|\*) .*\bAnswers (the|how|an|a|its|what|whether|true|undefined|in)\b/ },
  { say: 'flash message', not: /\btold\b/, in: /^apps\/web\/.*(?<!\.spec)\.(ts|njk)$/ },
  { say: 'new journal', not: /JournalDraft/ },
  { say: 'entry', not: /\blegs?\b/i },
  { say: 'restricted items', not: /\bvices\b/i },
  {
    say: 'exclusions, unrelated trades, unrelated items, ancillary goods',
    not: /\bharmless\b|otherTrade|otherThing|kindsGoods/,
    in: /^libs\/spending-rules\//,
  },
  {
    say: 'DuplicateMatcher, PositionAssigner, AccountKey',
    not: /\b(class|new|interface|type) (Places?)\b/,
  },
  { say: 'inconsistent, check_posting_rights, require_authority_access', not: /\bastray\b|check_reach|require_sight/ },
  { say: 'calculated, baseline, targets', not: /\breckon/i },
  { say: 'preview-state, csrf, formatting, render', not: /shell\/(look|forgery|words|show)\b/ },
  { say: 'steps, people, context, scenario, api-client', not: /demo\/(deeds|cast|scene|story|caller)\b/ },
  { say: 'this may be fine', not: /quite in order/i },
  { say: '(optional)', not: /you can leave this out/i },
  { say: 'you need the role', not: /it takes the role/i },
];

interface GivenUp {
  readonly say: string;
  readonly not: RegExp;
  /** Only in files whose path from the root matches; everywhere where left out. */
  readonly in?: RegExp;
}

/** Files that hold what others wrote, or list the words themselves. */
const quoted = [
  /^docs\/concepts\/vocabulary\.md$/,
  /^test\/system\/words\.spec\.ts$/,
  /^CHANGELOG\.md$/,
  /\.(jsonl|png|pdf|xlsx|zip|ico)$/,
  /^package-lock\.json$/,
  /^bench\/results\//,
];

const root = join(import.meta.dirname, '../..');
const folders = ['.github', 'apps', 'bench', 'docs', 'libs', 'migrations', 'test'];
const files = [
  ...readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name),
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  ),
].filter((path) => !quoted.some((one) => one.test(path)));

describe('The words of the field', () => {
  const lines = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n')]));

  it.each(givenUp)('are said everywhere: $say', ({ not, in: where }) => {
    const found = [...lines]
      .filter(([path]) => where?.test(path) ?? true)
      .flatMap(([path, text]) => [
        ...(not.test(path) ? [path] : []),
        ...text.flatMap((line, at) => (not.test(line) ? [`${path}:${at + 1}: ${line.trim().slice(0, 120)}`] : [])),
      ]);
    expect(found).toEqual([]);
  });
});
