import { Module } from '@nestjs/common';
import { ExceptionApprovals } from './exceptions.service.js';
import { SpendChecks } from './spend-checks.service.js';

@Module({ providers: [ExceptionApprovals, SpendChecks], exports: [ExceptionApprovals, SpendChecks] })
export class SpendingRulesModule {}
