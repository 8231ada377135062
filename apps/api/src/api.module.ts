import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { BudgetsModule, budgetsEntities } from '@ringfence/budgets';
import { EvidenceModule } from '@ringfence/evidence';
import { IdentityModule, identityEntities } from '@ringfence/identity';
import type { Clock } from '@ringfence/kernel';
import { LedgerModule } from '@ringfence/ledger';
import { PayrollModule } from '@ringfence/payroll';
import { PlatformModule, type Config } from '@ringfence/platform';
import { ReconciliationModule } from '@ringfence/reconciliation';
import { ReportingModule } from '@ringfence/reporting';
import { ReviewsModule } from '@ringfence/reviews';
import { SpendingRulesModule, spendingRulesEntities } from '@ringfence/spending-rules';
import { statementsEntities, StatementsModule } from '@ringfence/statements';
import { ReceiptsController } from './evidence/receipts.controller.js';
import { AccountsController } from './budgets/accounts.controller.js';
import { BudgetsController } from './budgets/budgets.controller.js';
import { BearerGuard } from './http/bearer.guard.js';
import { HealthController } from './http/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { requestValidation } from './http/validation.js';
import { IdentityController } from './identity/identity.controller.js';
import { InvitationsController, SentInvitationsController } from './identity/invitations.controller.js';
import { RoleGrantsController } from './identity/role-grants.controller.js';
import { PeriodsController } from './ledger/periods.controller.js';
import { PayRunsController } from './payroll/pay-runs.controller.js';
import { PayrollThresholdsController } from './payroll/payroll-thresholds.controller.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { CsvReportsController } from './reporting/csv-reports.controller.js';
import { ReportsController } from './reporting/reports.controller.js';
import { ReviewPoliciesController } from './reviews/review-policies.controller.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { ManualJournalsController } from './reconciliation/manual-journals.controller.js';
import { PolicyTrialsController } from './reconciliation/policy-trials.controller.js';
import { PolicyVersionsController } from './spending-rules/policy-versions.controller.js';
import { PremisesConsentsController } from './spending-rules/premises-consents.controller.js';
import { SpendingRulesController } from './spending-rules/spending-rules.controller.js';
import { AccountWarningsController } from './statements/account-warnings.controller.js';
import { StatementImportsController } from './statements/statement-imports.controller.js';
import { StatementMonthsController } from './statements/statement-months.controller.js';
import { WholeStatementController } from './statements/whole-statement.controller.js';
import { StatementProfilesController } from './statements/statement-profiles.controller.js';

const entities = [...identityEntities, ...budgetsEntities, ...spendingRulesEntities, ...statementsEntities];

const libraries = [
  IdentityModule,
  LedgerModule,
  BudgetsModule,
  SpendingRulesModule,
  StatementsModule,
  EvidenceModule,
  PayrollModule,
  ReconciliationModule,
  ReviewsModule,
  ReportingModule,
];

const controllers = [
  HealthController,
  IdentityController,
  InvitationsController,
  SentInvitationsController,
  RoleGrantsController,
  BudgetsController,
  AccountsController,
  ManualJournalsController,
  PolicyTrialsController,
  PolicyVersionsController,
  PremisesConsentsController,
  SpendingRulesController,
  StatementImportsController,
  StatementMonthsController,
  WholeStatementController,
  StatementProfilesController,
  AccountWarningsController,
  ReceiptsController,
  PeriodsController,
  PayRunsController,
  PayrollThresholdsController,
  ReconciliationController,
  ReviewsController,
  ReviewPoliciesController,
  ReportsController,
  CsvReportsController,
];

/** The API's composition: each library adds its module, its entities and its controllers. */
@Module({})
export class ApiModule {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    return {
      module: ApiModule,
      imports: [PlatformModule.forRoot(config, clock, entities), ...libraries],
      controllers,
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: requestValidation },
        { provide: APP_GUARD, useClass: BearerGuard },
      ],
    };
  }
}
