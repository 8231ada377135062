import { Module } from '@nestjs/common';
import { ApproveExceptions } from './exceptions/approve-exceptions.js';
import { ExceptionApprovals } from './exceptions/exception-approvals.js';
import { PremisesConsents } from './exceptions/premises-consents.js';
import { RecordConsents } from './exceptions/record-consents.js';
import { PolicyVersions } from './policy/policy-versions.js';
import { SetPolicy } from './policy/set-policy.js';
import { CheckSpends } from './verdicts/check-spends.js';

const providers = [
  ApproveExceptions,
  CheckSpends,
  ExceptionApprovals,
  PolicyVersions,
  PremisesConsents,
  RecordConsents,
  SetPolicy,
];

@Module({ providers, exports: providers })
export class SpendingRulesModule {}
