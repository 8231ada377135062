import type { INestApplicationContext } from '@nestjs/common';
import { AssessPayslip } from '@ringfence/payroll';
import type { JobHandlers } from '@ringfence/platform';
import { Reassess, AssessLine, ReassessNamed, PolicyTrials, SuggestMatches } from '@ringfence/reconciliation';
import { ReviewJobs } from '@ringfence/reviews';
import { CommitStatement, ParseStatement } from '@ringfence/statements';

/** Which use case does which job; the type says when one is missing. */
export function jobHandlers(app: INestApplicationContext): JobHandlers {
  return {
    'parse-statement': (payload) => app.get(ParseStatement).run(payload),
    'commit-statement': (payload) => app.get(CommitStatement).run(payload),
    'suggest-matches': (payload) => app.get(SuggestMatches).run(payload),
    'assess-line': (payload) => app.get(AssessLine).run(payload),
    reassess: (payload) => app.get(Reassess).run(payload),
    'reassess-named': (payload) => app.get(ReassessNamed).run(payload),
    'try-policy': (payload) => app.get(PolicyTrials).run(payload),
    'assess-payslip': (payload) => app.get(AssessPayslip).run(payload),
    ...app.get(ReviewJobs).handlers(),
  };
}
