import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BudgetsModule, budgetsEntities } from '@ringfence/budgets';
import { IdentityModule, identityEntities } from '@ringfence/identity';
import type { Clock } from '@ringfence/kernel';
import { PayrollModule } from '@ringfence/payroll';
import { PlatformModule, type Config } from '@ringfence/platform';
import { ReconciliationModule } from '@ringfence/reconciliation';
import { ReviewsModule } from '@ringfence/reviews';
import { SpendingRulesModule, spendingRulesEntities } from '@ringfence/spending-rules';
import { statementsEntities, StatementsModule } from '@ringfence/statements';
import { JobHandlersOfModules } from './job-handlers.js';
import { Sweep } from './sweep.js';

/** The worker's composition: a line for each library that has jobs or sweeps, and for those that they stand on. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    const entities = [...identityEntities, ...budgetsEntities, ...spendingRulesEntities, ...statementsEntities];
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.forRoot(config, clock, entities),
        IdentityModule,
        BudgetsModule,
        SpendingRulesModule,
        StatementsModule,
        PayrollModule,
        ReconciliationModule,
        ReviewsModule,
        DiscoveryModule,
      ],
      providers: [JobHandlersOfModules, Sweep],
    };
  }
}
