import { Module } from '@nestjs/common';
import { ExceptionApprovals } from './exceptions.service.js';
import { PolicyVersions } from './policy-versions.service.js';
import { PremisesConsents } from './premises-consents.service.js';
import { SpendChecks } from './spend-checks.service.js';

const services = [ExceptionApprovals, PolicyVersions, PremisesConsents, SpendChecks];

@Module({ providers: services, exports: services })
export class SpendingRulesModule {}
