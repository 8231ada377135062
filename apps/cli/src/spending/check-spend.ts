import { Problem, parseJson } from '@ringfence/kernel';
import {
  assessmentJson,
  assessSpend,
  nationalPolicy,
  noRegisters,
  policyInForce,
  spendCheckJson,
  type AssessmentJson,
  type RuleSet,
  type RegisterIndex,
} from '@ringfence/spending-rules';
import { exitCodes } from '../exit.js';
import { writeLine } from '../write-line.js';
import { knownPolicies, type PolicyOptions } from './known-policies.js';
import { knownRegisters } from './known-registers.js';
import { linesOf } from './lines.js';

export const candidateCharactersMax = 1_000_000;

/** What a line that is no candidate is answered with, in its place; `line` counts from 1. */
interface RefusedCandidate {
  readonly id: string | null;
  readonly error: { code: string; message: string; pointer: string | null; line: number };
}

/**
 * Answers each candidate as soon as its line has come, so that another program may ask and wait. A refused line is
 * answered too and the rest goes on; the exit code is then 2. Empty lines are passed over.
 */
export async function checkSpend(input: AsyncIterable<Buffer | string>, options: PolicyOptions = {}): Promise<number> {
  const policies = await knownPolicies(options);
  const registers = await knownRegisters();
  let exitCode: number = exitCodes.done;
  let line = 0;
  for await (const text of linesOf(input, candidateCharactersMax)) {
    line += 1;
    if (text.trim() === '') continue;
    const answer = checkLine(text, line, registers, policies);
    if ('error' in answer) exitCode = exitCodes.refused;
    await writeLine(JSON.stringify(answer));
  }
  return exitCode;
}

export function checkLine(
  text: string,
  line: number,
  registers: RegisterIndex = noRegisters,
  policies: readonly RuleSet[] = [nationalPolicy],
): AssessmentJson | RefusedCandidate {
  let candidate: unknown;
  try {
    if (text.length > candidateCharactersMax) {
      throw new Problem('too-large', `Line ${line} has more than ${candidateCharactersMax} characters.`);
    }
    candidate = parsed(text, line);
    const spend = spendCheckJson(candidate);
    // The version in force on the day of service: a day before the first has none, and is refused.
    return assessmentJson(assessSpend(spend, policyInForce(policies, spend.date), { registers }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { id } = (candidate ?? {}) as { id?: unknown };
    const pointer = error.errors[0]?.pointer ?? null;
    return {
      id: typeof id === 'string' ? id : null,
      error: { code: error.code, message: error.message, pointer, line },
    };
  }
}

function parsed(text: string, line: number): unknown {
  return parseJson(text, { name: `Line ${line}`, hint: 'write one candidate a line, as one JSON object' });
}
