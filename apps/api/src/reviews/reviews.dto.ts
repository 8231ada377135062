import { proseCharactersMax, sourceCharactersMax } from '@ringfence/kernel';
import { ApiProperty } from '@nestjs/swagger';
import {
  conclusionReasonsCharactersMax,
  reviewKinds,
  reviewOutcomes,
  reviewQuestions,
  reviewStates,
  type ReviewKind,
  type ReviewOutcome,
  type ReviewState,
  type ReviewedStream,
} from '@ringfence/reviews';
import { IsDefined, IsInt } from 'class-validator';
import { ChoiceField, DateField, IdField, ObjectField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class ReviewsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @IdField({ optional: true })
  agreementId?: string;

  @ChoiceField(reviewKinds, { optional: true })
  kind?: ReviewKind;

  @ChoiceField(reviewStates, { optional: true })
  state?: ReviewState;

  @DateField({ optional: true, description: 'Due on this day or later' })
  dueFrom?: string;

  @DateField({ optional: true, description: 'Due on this day or earlier' })
  dueTo?: string;
}

export const yesOrNo = ['YES', 'NO'] as const;

export class ReviewAnswerDto {
  @ChoiceField(yesOrNo)
  answer!: (typeof yesOrNo)[number];

  @TextField({ min: 0, max: proseCharactersMax, optional: true })
  note?: string;
}

function Answer(question: keyof typeof reviewQuestions): PropertyDecorator {
  return (target, property) => {
    ObjectField(ReviewAnswerDto, { description: reviewQuestions[question] })(target, property);
    IsDefined({ message: `$property is missing: answer YES or NO to "${reviewQuestions[question]}"` })(
      target,
      property,
    );
  };
}

export class ReviewAnswersDto {
  @Answer('wantsToCarryOn') wantsToCarryOn!: ReviewAnswerDto;
  @Answer('needsHelp') needsHelp!: ReviewAnswerDto;
  @Answer('spentAsAgreed') spentAsAgreed!: ReviewAnswerDto;
  @Answer('stillAppropriate') stillAppropriate!: ReviewAnswerDto;
  @Answer('usedEffectively') usedEffectively!: ReviewAnswerDto;
  @Answer('amountSufficient') amountSufficient!: ReviewAnswerDto;
  @Answer('stillEligible') stillEligible!: ReviewAnswerDto;
  @Answer('obligationsMet') obligationsMet!: ReviewAnswerDto;
}

export class ConclusionDto {
  @ChoiceField(reviewOutcomes)
  outcome!: ReviewOutcome;

  @ObjectField(ReviewAnswersDto)
  answers!: ReviewAnswersDto;

  @TextField({
    min: 0,
    max: conclusionReasonsCharactersMax,
    optional: true,
    description: 'In words for the family; needed for every outcome but SATISFACTORY and ADVICE',
  })
  reasons?: string;
}

const reviewedStreams: readonly ReviewedStream[] = ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT'];

export class ReviewPolicyDto {
  @ChoiceField(reviewedStreams)
  stream!: ReviewedStream;

  @DateField({ description: 'For agreements first paid on this day or later' })
  validFrom!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 6,
    description: 'Months after the first payment; up to 6 for SOCIAL_ADULT, else up to 3',
  })
  @IsInt()
  firstReviewMonths!: number;

  @TextField({ max: sourceCharactersMax, description: 'The document that says so' })
  source!: string;
}
