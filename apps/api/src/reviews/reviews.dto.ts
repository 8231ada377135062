import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  noteCharactersMax,
  reasonsCharactersMax,
  reviewKinds,
  reviewOutcomes,
  reviewQuestions,
  reviewStates,
  type ReviewKind,
  type ReviewOutcome,
  type ReviewState,
  type ReviewedStream,
} from '@ringfence/reviews';
import { IsDefined, IsIn, IsInt, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { DateField, IdField, ObjectField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class ReviewsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @IdField({ optional: true })
  agreementId?: string;

  @ApiPropertyOptional({ enum: reviewKinds })
  @IsOptional()
  @IsIn(reviewKinds)
  kind?: ReviewKind;

  @ApiPropertyOptional({ enum: reviewStates })
  @IsOptional()
  @IsIn(reviewStates)
  state?: ReviewState;

  @DateField({ optional: true, description: 'Due on this day or later' })
  dueFrom?: string;

  @DateField({ optional: true, description: 'Due on this day or earlier' })
  dueTo?: string;
}

export const yesOrNo = ['YES', 'NO'] as const;

export class ReviewAnswerDto {
  @ApiProperty({ enum: yesOrNo })
  @IsIn(yesOrNo)
  answer!: (typeof yesOrNo)[number];

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(noteCharactersMax)
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
  @ApiProperty({ enum: reviewOutcomes })
  @IsIn(reviewOutcomes)
  outcome!: ReviewOutcome;

  @ObjectField(ReviewAnswersDto)
  answers!: ReviewAnswersDto;

  @ApiPropertyOptional({ description: 'In words for the family; needed for every outcome but SATISFACTORY and ADVICE' })
  @IsOptional()
  @IsString()
  @MaxLength(reasonsCharactersMax)
  reasons?: string;
}

const reviewedStreams: readonly ReviewedStream[] = ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT'];

export class ReviewPolicyDto {
  @ApiProperty({ enum: reviewedStreams })
  @IsIn(reviewedStreams)
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

  @ApiProperty({ description: 'The document that says so' })
  @Length(1, 500)
  source!: string;
}
