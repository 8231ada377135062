import { Injectable } from '@nestjs/common';
import { payeesOf } from '@ringfence/budgets';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { addDays, addMonths, Clock, longDate, newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { Database, requestJob, type IdempotentRequest } from '@ringfence/platform';
import {
  decideConsent,
  insertConsent,
  readConsents,
  type consentDecisions,
  type consentRoles,
  type ConsentSubject,
} from './premises-consents.sql.js';

/** What the school has to answer in (SI 2014/1652 reg 9; Liverpool policy 2017, section 3.6, footnote 1). */
export const schoolAnswerDaysMax = 15;
/** A consent is looked at again with the plan, which is reviewed yearly. */
export const consentMonthsMax = 12;

export interface NewPremisesConsent {
  readonly budgetId: string;
  readonly payeeId: string;
  /** Its premises where left out. */
  readonly about?: ConsentSubject | undefined;
  /** The school, the college or the nursery. */
  readonly setting: string;
  readonly provision: string;
  /** How much is paid and when, as the school was told. */
  readonly payments: string;
  readonly toldOn: CalendarDate;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
}

export interface ConsentAnswer {
  readonly decision: (typeof consentDecisions)[number];
  /** The day of the letter. */
  readonly decidedOn: CalendarDate;
  readonly decidedByName: string;
  readonly decidedByRole: (typeof consentRoles)[number];
  /** Where the writing is, such as a letter of a date. */
  readonly evidence: string;
}

/** Records that schools were asked for their written consent to provision on their premises, and what they answered. */
@Injectable()
export class RecordConsents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Records that the school was told what, how much and when; from that day it has {@link schoolAnswerDaysMax} days. */
  async ask(
    principal: Principal,
    input: NewPremisesConsent,
    request: IdempotentRequest,
  ): Promise<{ id: string; answerBy: CalendarDate }> {
    authorise(principal, 'budgets.write', input.budgetId);
    this.checkDates(input);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const payees = await payeesOf(tx, input.budgetId);
      if (!payees.some(({ id }) => id === input.payeeId)) {
        const message = `There is no payee ${input.payeeId} in this budget: add the payee first.`;
        throw Problem.field('/payeeId', message);
      }
      const [id, answerBy] = [newId(), addDays(input.toldOn, schoolAnswerDaysMax)];
      await insertConsent(tx, { id, answerBy, ...input, about: input.about ?? 'PREMISES' }, principal.id);
      return { id, answerBy };
    });
  }

  /** Records the school's written answer, once. What it covers is reassessed. */
  async recordAnswer(principal: Principal, id: string, answer: ConsentAnswer): Promise<void> {
    authorise(principal, 'budgets.write');
    await this.database.transaction(contextOf(principal), async (tx) => {
      const [held] = await readConsents(tx, { id });
      if (!held) throw new Problem('not-found', `There is no premises consent ${id} that you can see.`);
      authorise(principal, 'budgets.write', held.budgetId);
      if (answer.decidedOn < held.toldOn || answer.decidedOn > this.clock.today()) {
        const message = `/decidedOn is ${answer.decidedOn}: the school was told on ${held.toldOn}, and it is ${this.clock.today()} today.`;
        throw Problem.field('/decidedOn', message);
      }
      if (!(await decideConsent(tx, id, answer, principal.id))) {
        const message = `The school’s answer of ${longDate(held.decidedOn ?? held.toldOn)} is recorded already: ask the school again for another one.`;
        throw new Problem('conflict', message);
      }
      await requestJob(tx, 'reassess', { budgetId: held.budgetId, from: held.validFrom, to: held.validTo });
    });
  }

  private checkDates({ toldOn, validFrom, validTo }: NewPremisesConsent): void {
    const today = this.clock.today();
    if (toldOn > today) {
      throw Problem.field('/toldOn', `/toldOn is ${toldOn}, after today (${today}): record it when the school knows.`);
    }
    if (validTo < validFrom) {
      throw Problem.field(
        '/validTo',
        `/validTo is ${validTo}, before /validFrom, which is ${validFrom}: check the dates.`,
      );
    }
    const longest = addMonths(validFrom, consentMonthsMax);
    if (validTo > longest) {
      const message = `/validTo is ${validTo}, more than ${consentMonthsMax} months after it begins: end it by ${longest}, as plans are reviewed yearly.`;
      throw Problem.field('/validTo', message);
    }
  }
}
