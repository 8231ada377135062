import type { INestApplicationContext } from '@nestjs/common';
import { JudgePayslip } from '@ringfence/payroll';
import type { JobHandlers } from '@ringfence/platform';
import { JudgeAgain, JudgeLine, JudgeNamed, PolicyTrials, UnderstandAccount } from '@ringfence/reconciliation';
import { ReviewJobs } from '@ringfence/reviews';
import { CommitStatement, ParseStatement } from '@ringfence/statements';

/** Which use case does which job; the type says when one is missing. */
export function jobHandlers(app: INestApplicationContext): JobHandlers {
  return {
    'parse-statement': (payload) => app.get(ParseStatement).run(payload),
    'commit-statement': (payload) => app.get(CommitStatement).run(payload),
    'understand-account': (payload) => app.get(UnderstandAccount).run(payload),
    'judge-line': (payload) => app.get(JudgeLine).run(payload),
    'judge-again': (payload) => app.get(JudgeAgain).run(payload),
    'judge-named': (payload) => app.get(JudgeNamed).run(payload),
    'try-policy': (payload) => app.get(PolicyTrials).run(payload),
    'judge-payslip': (payload) => app.get(JudgePayslip).run(payload),
    ...app.get(ReviewJobs).handlers(),
  };
}
