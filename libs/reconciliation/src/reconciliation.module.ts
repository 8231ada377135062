import { Global, Module } from '@nestjs/common';
import { PayrollModule } from '@ringfence/payroll';
import { LineDependants } from '@ringfence/statements';
import { AllocationLimitsReader } from './allocations/allocation-limits.js';
import { AllocateLines } from './allocations/allocate-lines.js';
import { DependantsOfLines } from './allocations/dependants-of-lines.js';
import { ManualJournals } from './manual-journals/manual-journals.js';
import { Reassess } from './reassessment/reassess.js';
import { AssessLine } from './assessment/assess-line.js';
import { ReassessNamed } from './reassessment/reassess-named.js';
import { PolicyTrials } from './reassessment/policy-trials.js';
import { StatementLines } from './allocations/statement-lines.js';
import { TryPolicy } from './reassessment/try-policy.js';
import { SuggestMatches } from './matching/suggest-matches.js';

const services = [
  ReassessNamed,
  PolicyTrials,
  ManualJournals,
  AllocationLimitsReader,
  AllocateLines,
  StatementLines,
  SuggestMatches,
  AssessLine,
  Reassess,
  TryPolicy,
];

/** Global, because the statements, which ask it, know nothing of reconciliation. */
@Global()
@Module({
  providers: [{ provide: LineDependants, useClass: DependantsOfLines }],
  exports: [LineDependants],
})
export class LineDependantsModule {}

@Module({ imports: [LineDependantsModule, PayrollModule], providers: services, exports: services })
export class ReconciliationModule {}
