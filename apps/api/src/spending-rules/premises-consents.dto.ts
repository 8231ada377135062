import { nameCharactersMax, proseCharactersMax, reasonsCharactersMax } from '@ringfence/kernel';
import { consentDecisions, consentRoles, consentSubjects, type ConsentSubject } from '@ringfence/spending-rules';
import { ChoiceField, DateField, IdField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class AskConsentDto {
  @IdField()
  budgetId!: string;

  @IdField({ description: 'Who works there' })
  payeeId!: string;

  @ChoiceField(consentSubjects, {
    optional: true,
    default: 'PREMISES',
    description: 'Work on the premises, or the use of the school’s own money (element 2, core element 3)',
  })
  about?: ConsentSubject;

  @TextField({ max: nameCharactersMax, description: 'The school, college or nursery' })
  setting!: string;

  @TextField({ max: proseCharactersMax, description: 'What is to be provided there' })
  provision!: string;

  @TextField({ max: proseCharactersMax, description: 'How much is paid and when, as the school was told' })
  payments!: string;

  @DateField({ description: 'The day on which the school was told; it has 15 days to answer' })
  toldOn!: string;

  @DateField()
  validFrom!: string;

  @DateField({ description: 'The last day, within a year' })
  validTo!: string;
}

export class ConsentAnswerDto {
  @ChoiceField(consentDecisions)
  decision!: (typeof consentDecisions)[number];

  @DateField({ description: 'The day of the written answer: it counts from then' })
  decidedOn!: string;

  @TextField({ max: nameCharactersMax })
  decidedByName!: string;

  @ChoiceField(consentRoles)
  decidedByRole!: (typeof consentRoles)[number];

  @TextField({ max: reasonsCharactersMax, description: 'Where the writing is, such as a letter of a date' })
  evidence!: string;
}

export class ConsentsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;
}
