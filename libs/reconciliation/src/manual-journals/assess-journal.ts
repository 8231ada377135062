import { payeesOf } from '@ringfence/budgets';
import { Problem } from '@ringfence/kernel';
import type { AccountCode } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import { recordVerdict, strictest, type Assessment } from '@ringfence/spending-rules';
import { heldAccounts } from '../domain/holdings.js';
import type { LinePart } from '../domain/line-parts.js';
import { readManualJournals, type ManualJournal, type ManualJournalEntry } from './manual-journals.sql.js';
import { assessPart, assessmentRules, type AssessmentRules, type SpendFacts } from '../assessment/assess-line.js';
import { lineFacts } from '../assessment/line-facts.js';

/** What a journal says, as far as the rules ask. */
export type AssessedJournal = Pick<
  ManualJournal,
  'budgetId' | 'designatedAccountId' | 'effectiveDate' | 'description' | 'payeeId' | 'statementLineId' | 'entries'
>;

/**
 * Assesses what a journal spends: every entry that raises PROVISION, on its own day of service. A correction must be tested
 * as the spend was (domain: classification rule): where it names the bank line that it corrects, by that line's words,
 * code, receipts and payee. Undefined where it spends nothing.
 */
export function assessJournal(
  tx: Transaction,
  journal: AssessedJournal,
  rules?: AssessmentRules,
): Promise<Assessment | undefined> {
  const raised = ({ account, amountPence }: ManualJournalEntry): boolean => account === 'PROVISION' && amountPence > 0n;
  return assessEntries(tx, journal, journal.entries.filter(raised), rules);
}

/**
 * Assesses a spend, named by its bank line or its payee, that a journal puts on what is owed or on the family's own money.
 * Undefined where it does not: a journal that names neither only corrects what is owed.
 */
export function assessMoved(tx: Transaction, journal: AssessedJournal): Promise<Assessment | undefined> {
  const named = journal.statementLineId !== null || journal.payeeId !== null;
  const moved = ({ account, amountPence }: ManualJournalEntry): boolean => isHeld(account) && amountPence > 0n;
  return assessEntries(tx, journal, named ? journal.entries.filter(moved) : []);
}

async function assessEntries(
  tx: Transaction,
  journal: AssessedJournal,
  spends: readonly ManualJournalEntry[],
  rules?: AssessmentRules,
): Promise<Assessment | undefined> {
  if (spends.length === 0) return undefined;
  const known = rules ?? (await assessmentRules(tx));
  const basis = await basisOf(tx, journal);
  const assessments: Assessment[] = [];
  for (const entry of spends) {
    assessments.push(
      await assessPart(tx, factsOf(journal, entry, basis), partOfEntry(journal, entry), known, 'journal'),
    );
  }
  const findings = assessments.flatMap((one) => one.findings);
  return { ...assessments[0]!, findings, verdict: strictest(findings) };
}

/** Refuses a journal that would count an excluded spend as agreed provision, with the rule's own sentence. */
export function refuseExcludedJournal(assessment: Assessment | undefined, pointer: string): void {
  const excluded = assessment?.findings.filter(({ verdict }) => verdict === 'excluded') ?? [];
  const [first] = excluded;
  if (!first) return;
  throw new Problem('spend-excluded', first.reason, {
    errors: excluded.map(({ reason }) => ({ pointer, message: reason })),
    extensions: { rule: first.rule, source: first.source },
  });
}

/** Assesses journals that were posted manually and keeps the verdicts; one that was reversed is no spend any more. */
export async function assessJournals(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rules = await assessmentRules(tx);
  for (const journal of await readManualJournals(tx, { ids })) {
    if (journal.reversedBy !== null) continue;
    const assessment = await assessJournal(tx, journal, rules);
    if (assessment) await keepAssessment(tx, journal.id, journal.budgetId, assessment);
  }
}

export async function keepAssessment(
  tx: Transaction,
  journalId: string,
  budgetId: string,
  assessment: Assessment,
): Promise<void> {
  await recordVerdict(tx, { subjectType: 'journal', subjectId: journalId, budgetId, assessment });
}

/** The line that is corrected, or nothing but the payee that the officer named. */
async function basisOf(tx: Transaction, journal: AssessedJournal): Promise<Partial<SpendFacts>> {
  const payees = journal.payeeId === null ? [] : await payeesOf(tx, journal.budgetId);
  const payee = payees.find(({ id }) => id === journal.payeeId);
  if (journal.statementLineId === null) return { payee };
  const [line] = await lineFacts(tx, [journal.statementLineId]);
  return line ? { ...line, payee: payee ?? line.payee } : { payee };
}

function factsOf(journal: AssessedJournal, entry: ManualJournalEntry, basis: Partial<SpendFacts>): SpendFacts {
  return {
    id: 'journal',
    description: journal.description,
    mcc: null,
    receipt: [],
    payee: undefined,
    ...basis,
    amountPence: -entry.amountPence,
    budgetId: journal.budgetId,
  };
}

function partOfEntry(journal: AssessedJournal, entry: ManualJournalEntry): LinePart {
  return {
    stream: entry.stream === 'FAMILY' ? 'UNALLOCATED' : entry.stream,
    serviceDate: entry.serviceDate ?? journal.effectiveDate,
    planned: entry.budgetLineId !== null,
    settled: true,
    ownPay: false,
    pence: entry.amountPence,
  };
}

function isHeld(account: AccountCode): boolean {
  return heldAccounts.some((held) => held === account);
}
