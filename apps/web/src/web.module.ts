import { Module, type DynamicModule } from '@nestjs/common';
import { budgetsEntities, BudgetsModule } from '@ringfence/budgets';
import { EvidenceModule } from '@ringfence/evidence';
import { identityEntities, IdentityModule } from '@ringfence/identity';
import type { Clock } from '@ringfence/kernel';
import { Config, PlatformModule } from '@ringfence/platform';
import { PayrollModule } from '@ringfence/payroll';
import { ReconciliationModule } from '@ringfence/reconciliation';
import { ReviewsModule } from '@ringfence/reviews';
import { statementsEntities, StatementsModule } from '@ringfence/statements';
import { ReportingModule } from '@ringfence/reporting';
import { AccountQueriesController } from './budget/account-queries.controller.js';
import { BudgetController } from './budget/budget.controller.js';
import { ManualAllocationsController } from './budget/manual-allocations.controller.js';
import { DownloadsController } from './downloads/downloads.controller.js';
import { KeptUploadsController } from './late/kept-uploads.controller.js';
import { LateForms } from './late/late-forms.js';
import { HomeController } from './home/home.controller.js';
import { PayRunsController } from './pay-runs/pay-runs.controller.js';
import { HealthController } from './shell/health.controller.js';
import { IdentityProvider } from './sign-in/identity-provider.js';
import { InvitationsController } from './sign-in/invitations.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SendReceiptController } from './upload/send-receipt.controller.js';
import { ReceiptPaymentController } from './receipts/receipt-payment.controller.js';
import { MonthsController } from './months/months.controller.js';
import { SendStatementController } from './upload/send-statement.controller.js';
import { StatementDecisionsController } from './upload/statement-decisions.controller.js';
import { WorkListController } from './work-list/work-list.controller.js';

const libraries = [
  IdentityModule,
  BudgetsModule,
  StatementsModule,
  EvidenceModule,
  PayrollModule,
  ReconciliationModule,
  ReviewsModule,
  ReportingModule,
];
const entities = [...identityEntities, ...budgetsEntities, ...statementsEntities];

@Module({})
export class WebModule {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    return {
      module: WebModule,
      imports: [PlatformModule.forRoot(config, clock, entities), ...libraries],
      controllers: [
        HealthController,
        SignInController,
        InvitationsController,
        HomeController,
        SendStatementController,
        StatementDecisionsController,
        MonthsController,
        KeptUploadsController,
        SendReceiptController,
        ReceiptPaymentController,
        WorkListController,
        PayRunsController,
        BudgetController,
        AccountQueriesController,
        ManualAllocationsController,
        DownloadsController,
      ],
      providers: [
        LateForms,
        {
          provide: IdentityProvider,
          inject: [Config],
          useFactory: (read: Config) => new IdentityProvider(read),
        },
      ],
    };
  }
}
