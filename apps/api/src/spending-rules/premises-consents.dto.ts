import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { consentDecisions, consentRoles, consentSubjects, type ConsentSubject } from '@ringfence/spending-rules';
import { IsIn, IsOptional, Length } from 'class-validator';
import { DateField, IdField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class AskConsentDto {
  @IdField()
  budgetId!: string;

  @IdField({ description: 'Who works there' })
  payeeId!: string;

  @ApiPropertyOptional({
    enum: consentSubjects,
    default: 'PREMISES',
    description: 'Work on the premises, or the use of the school’s own money (element 2, core element 3)',
  })
  @IsOptional()
  @IsIn(consentSubjects)
  about?: ConsentSubject;

  @ApiProperty({ description: 'The school, college or nursery' })
  @Length(1, 200)
  setting!: string;

  @ApiProperty({ description: 'What is to be provided there' })
  @Length(1, 1000)
  provision!: string;

  @ApiProperty({ description: 'How much is paid and when, as the school was told' })
  @Length(1, 1000)
  payments!: string;

  @DateField({ description: 'The day on which the school was told; it has 15 days to answer' })
  toldOn!: string;

  @DateField()
  validFrom!: string;

  @DateField({ description: 'The last day, within a year' })
  validTo!: string;
}

export class ConsentAnswerDto {
  @ApiProperty({ enum: consentDecisions })
  @IsIn(consentDecisions)
  decision!: (typeof consentDecisions)[number];

  @DateField({ description: 'The day of the written answer: it counts from then' })
  decidedOn!: string;

  @ApiProperty()
  @Length(1, 200)
  decidedByName!: string;

  @ApiProperty({ enum: consentRoles })
  @IsIn(consentRoles)
  decidedByRole!: (typeof consentRoles)[number];

  @ApiProperty({ description: 'Where the writing is, such as a letter of a date' })
  @Length(1, 2000)
  evidence!: string;
}

export class ConsentsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;
}
