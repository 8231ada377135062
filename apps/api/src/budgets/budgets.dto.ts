import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  linesPerRequestMax,
  deliveryMechanisms,
  holders,
  outcomesPerPlanMax,
  payerKinds,
  planKinds,
  planSections,
  type DeliveryMechanism,
  type Holder,
  type PayerKind,
  type PlanKind,
  type PlanSection,
} from '@ringfence/budgets';
import { fundingStreams, type FundingStream } from '@ringfence/kernel';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { AmountField, DateField, IdField, ObjectsField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class AddPayerDto {
  @ApiProperty({ example: 'Fernshire Council' })
  @Length(1, 200)
  name!: string;

  @ApiProperty({ enum: payerKinds })
  @IsIn(payerKinds)
  kind!: PayerKind;

  @ApiProperty({ description: 'The short code by which imports name the payer', example: 'FS' })
  @Length(1, 60)
  code!: string;
}

export class OutcomeDto {
  @ApiProperty({ description: 'Its number in the plan', example: '2.1' })
  @Length(1, 60)
  reference!: string;

  @ApiProperty({ description: 'The difference made, in the words of the plan' })
  @Length(1, 1000)
  description!: string;
}

export class AddPlanDocumentDto {
  @IdField({ description: 'The child whose plan it is' })
  childId!: string;

  @ApiProperty({ enum: planKinds })
  @IsIn(planKinds)
  kind!: PlanKind;

  @DateField()
  startsOn!: string;

  @DateField({ optional: true })
  endsOn?: string;

  @ObjectsField(OutcomeDto, { max: outcomesPerPlanMax })
  outcomes!: OutcomeDto[];
}

export class CreateBudgetDto {
  @ApiProperty({ description: "The council's own number of the budget, unique" })
  @Length(1, 60)
  reference!: string;

  @IdField()
  childId!: string;

  @IdField({ description: 'To whom the payments are made' })
  recipientId!: string;

  @IdField()
  planDocumentId!: string;

  @DateField()
  startsOn!: string;

  @DateField({ optional: true })
  endsOn?: string;
}

export class AgreementTermsDto {
  @DateField({ description: 'The first day of these terms' })
  validFrom!: string;

  @DateField()
  signedOn!: string;

  @ApiProperty({ description: 'Why these terms, in a sentence' })
  @Length(1, 1000)
  reason!: string;
}

export class AddAgreementDto extends AgreementTermsDto {
  @IdField()
  budgetId!: string;

  @IdField({ description: 'Whose money it is; one agreement for each payer of a budget' })
  payerId!: string;
}

export class AddAgreementVersionDto extends AgreementTermsDto {
  @ApiProperty({ description: 'Whether the services provided change: a review follows' })
  @IsBoolean()
  changesServices!: boolean;
}

export class BudgetLineDto {
  @IdField()
  agreementId!: string;

  @ApiProperty()
  @Length(1, 200)
  name!: string;

  @ApiProperty({ enum: fundingStreams })
  @IsIn(fundingStreams)
  stream!: FundingStream;

  @ApiProperty({ enum: deliveryMechanisms })
  @IsIn(deliveryMechanisms)
  mechanism!: DeliveryMechanism;

  @ApiProperty({ enum: holders })
  @IsIn(holders)
  holder!: Holder;

  @ApiProperty({ enum: planSections })
  @IsIn(planSections)
  planSection!: PlanSection;

  @AmountField({ description: "For all of the line's days" })
  amount!: string;

  @ApiPropertyOptional({ type: String, example: '520', description: 'With unit and rate, or without any of the three' })
  @IsOptional()
  @Matches(/^\d{1,9}(\.\d{1,3})?$/, { message: '$property must be a number written as a string, such as "3.25"' })
  quantity?: string;

  @ApiPropertyOptional({ type: String, example: 'hours' })
  @IsOptional()
  @Length(1, 40)
  unit?: string;

  @AmountField({ optional: true })
  rate?: string;

  @DateField()
  startsOn!: string;

  @DateField()
  endsOn!: string;

  @IdField({ optional: true, description: 'The payee, where it is known' })
  payeeId?: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    description: 'At least one where money is paid out',
  })
  @IsArray()
  @ArrayMaxSize(outcomesPerPlanMax)
  @IsUUID('all', { each: true })
  outcomeIds!: string[];
}

export class AddBudgetLinesDto {
  @ObjectsField(BudgetLineDto, { min: 1, max: linesPerRequestMax })
  lines!: BudgetLineDto[];
}

export class BudgetsQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, description: "Found in the reference, the child's or the recipient's name" })
  @IsOptional()
  @Length(1, 200)
  text?: string;

  @ApiPropertyOptional({ enum: fundingStreams })
  @IsOptional()
  @IsIn(fundingStreams)
  stream?: FundingStream;

  @DateField({ optional: true, description: 'A day on which the budget runs' })
  day?: string;
}
