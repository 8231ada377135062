import { Global, Module } from '@nestjs/common';
import { PayrollModule } from '@ringfence/payroll';
import { LineDependants } from '@ringfence/statements';
import { AllocationRooms } from './allocations/allocation-room.js';
import { Allocations } from './allocations/allocations.service.js';
import { DependantsOfLines } from './allocations/dependants-of-lines.js';
import { ManualJournals } from './manual-journals/manual-journals.js';
import { JudgeAgain } from './reassessment/judge-again.js';
import { JudgeLine } from './assessment/judge-line.js';
import { JudgeNamed } from './reassessment/judge-named.js';
import { PolicyTrials } from './reassessment/policy-trials.js';
import { StatementLines } from './allocations/statement-lines.service.js';
import { TryPolicy } from './reassessment/try-policy.js';
import { UnderstandAccount } from './matching/understand-account.js';

const services = [
  JudgeNamed,
  PolicyTrials,
  ManualJournals,
  AllocationRooms,
  Allocations,
  StatementLines,
  UnderstandAccount,
  JudgeLine,
  JudgeAgain,
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
