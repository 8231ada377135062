import { decimalText } from '@ringfence/kernel';
import { type AccountQuestion, accountWarningKind, type FoundInImport } from '@ringfence/statements';

export function presentQuestion(question: AccountQuestion) {
  const { name, question: words, source } = accountWarningKind(question.code);
  return {
    id: question.id,
    code: question.code,
    name,
    question: words,
    source,
    evidence: {
      statementLineId: question.statementLineId,
      importId: question.importId,
      date: question.lineDate,
      amount: decimalText(question.amountPence),
      balance: question.balancePence === null ? null : decimalText(question.balancePence),
      description: question.description,
      seen: question.subject,
    },
    foundAt: question.foundAt.toISOString(),
    settledBy: question.settledBy,
    answer:
      question.answeredBy === null || question.answeredAt === null
        ? null
        : { by: question.answeredBy, at: question.answeredAt.toISOString(), reasons: question.reasons ?? '' },
  };
}

/** What an import raises, by kind. */
export function presentFound({ code, lines, examples }: FoundInImport) {
  const { name, question } = accountWarningKind(code);
  return {
    code,
    name,
    question,
    lines,
    examples: examples.map(({ position, date, amountPence, description, subject }) => ({
      position,
      date,
      amount: decimalText(amountPence),
      description,
      seen: subject,
    })),
  };
}
