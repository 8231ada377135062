import { Module } from '@nestjs/common';
import { ExceptionApprovals } from './exceptions/exceptions.service.js';
import { PolicyVersions } from './policy/policy-versions.service.js';
import { PremisesConsents } from './exceptions/premises-consents.service.js';
import { SpendChecks } from './verdicts/spend-checks.service.js';

const services = [ExceptionApprovals, PolicyVersions, PremisesConsents, SpendChecks];

@Module({ providers: services, exports: services })
export class SpendingRulesModule {}
