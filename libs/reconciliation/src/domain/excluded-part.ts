import { poundsText, Problem, type Money } from '@ringfence/kernel';
import type { ExcludedSpendRule, Finding } from '@ringfence/spending-rules';

/**
 * How much of a payment the rules exclude. Lines of a receipt are excluded for their own amounts, one that two rules
 * exclude for its amount once; what is known of the payee, or of the card's code, is about all that it says it is.
 */
export function excludedPence(findings: readonly Finding[], paymentPence: Money): Money {
  const receiptLines = new Map<string, Map<string, Money>>();
  let wholePence = 0n;
  for (const { rule, verdict, evidence, seen, amountPence } of findings) {
    if (verdict !== 'excluded') continue;
    const pence = magnitude(amountPence);
    if (evidence !== 'receipt-line') {
      wholePence = larger(wholePence, pence);
      continue;
    }
    const line = `${seen}|${pence}`;
    const byRule = receiptLines.get(line) ?? new Map<string, Money>();
    byRule.set(rule, (byRule.get(rule) ?? 0n) + pence);
    receiptLines.set(line, byRule);
  }
  const linesPence = [...receiptLines.values()].reduce((sum, byRule) => sum + [...byRule.values()].reduce(larger), 0n);
  return smaller(wholePence + linesPence, magnitude(paymentPence));
}

export interface ExcludedPart {
  /** What is refused is a part of this, such as `this payment` or `this payslip`. */
  readonly what: string;
  readonly wholePence: Money;
  readonly excludedPence: Money;
  /** What is allocated of it already. */
  readonly allocatedPence: Money;
  readonly findings: readonly Finding[];
}

/** What may still be allocated of a payment: all of it but what is excluded, whatever the targets, in any number of parts. */
export function allocatablePence(part: Pick<ExcludedPart, 'wholePence' | 'excludedPence' | 'allocatedPence'>): Money {
  return larger(part.wholePence - part.excludedPence - part.allocatedPence, 0n);
}

/**
 * Refuses an amount that would take in what the rules exclude: what was found, by which rule, and what can be done now. It
 * decides nothing and asks nothing of the family.
 */
export function refuseExcludedPart(
  part: ExcludedPart,
  amountPence: Money,
  rules: readonly ExcludedSpendRule[],
  pointer: string,
): void {
  const left = allocatablePence(part);
  if (magnitude(amountPence) <= left) return;
  const excluded = part.findings.filter(({ verdict }) => verdict === 'excluded');
  const [first] = excluded;
  if (!first) return;
  const known = (finding: Finding): ExcludedSpendRule | undefined => rules.find(({ code }) => code === finding.rule);
  const codes = [...new Set(excluded.map(({ rule }) => rule))];
  const lifted = excluded.every((finding) => known(finding)?.force !== 'absolute');
  const facts = [...new Set(excluded.map((finding) => factOf(finding, known(finding))))];
  const choices = [
    ...(left > 0n ? [`allocate no more than the other ${poundsText(left)}`] : []),
    ...(lifted ? ['ask an approver for an exception'] : []),
    'leave it until it is decided',
  ];
  const amount = poundsText(part.excludedPence);
  const by = codes.length === 1 ? `the rule ${codes[0]}` : `the rules ${codes.join(' and ')}`;
  const sentence = `${amount} of ${part.what} is excluded by ${by} and cannot be allocated: ${facts.join(' ')} ${capital(orList(choices))}.`;
  throw new Problem('spend-excluded', sentence, {
    errors: [{ pointer, message: sentence }],
    extensions: { rule: first.rule, source: first.source },
  });
}

/** What was seen and which rule it meets, without what the rule asks of a family. */
function factOf(finding: Finding, rule: ExcludedSpendRule | undefined): string {
  const asked = rule ? ` ${rule.whatToDo}` : '';
  return asked !== ' ' && finding.reason.endsWith(asked) ? finding.reason.slice(0, -asked.length) : finding.reason;
}

function orList(choices: readonly string[]): string {
  if (choices.length < 3) return choices.join(', or ');
  return `${choices.slice(0, -1).join(', ')}, or ${choices.at(-1)}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function magnitude(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}

function larger(one: Money, other: Money): Money {
  return one > other ? one : other;
}

function smaller(one: Money, other: Money): Money {
  return one < other ? one : other;
}
