import { Injectable } from '@nestjs/common';
import { authoriseList, contextOf, type Principal } from '@ringfence/identity';
import type { CalendarDate } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import { readConsents, type ConsentFilter, type PremisesConsentRow } from './premises-consents.sql.js';

/** Consents of schools to provision on their premises: written, for one provision and payee, before payment. */
@Injectable()
export class PremisesConsents {
  constructor(private readonly database: Database) {}

  /** Newest first; asked for one more than `limit`. */
  async list(principal: Principal, filter: ConsentFilter & { readonly limit: number }): Promise<PremisesConsentRow[]> {
    authoriseList(principal, 'consents.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      readConsents(tx, { ...filter, shown: true, limit: filter.limit + 1 }),
    );
  }
}

export type ConsentState = 'WAITING' | 'OVERDUE' | 'GIVEN' | 'REFUSED' | 'ENDED';

/** How a consent stands on a day: no answer within the school's days is not a consent. */
export function consentState(consent: PremisesConsentRow, today: CalendarDate): ConsentState {
  if (consent.decision === 'REFUSED') return 'REFUSED';
  if (consent.decision === 'GIVEN') return today > consent.validTo ? 'ENDED' : 'GIVEN';
  return today > consent.answerBy ? 'OVERDUE' : 'WAITING';
}
