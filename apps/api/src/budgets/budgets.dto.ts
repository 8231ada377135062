import {
  linesPerRequestMax,
  deliveryMechanisms,
  holders,
  outcomesPerPlanMax,
  payerKinds,
  planKinds,
  planSections,
  quantityPattern,
  type DeliveryMechanism,
  type Holder,
  type PayerKind,
  type PlanKind,
  type PlanSection,
} from '@ringfence/budgets';
import {
  type FundingStream,
  fundingStreams,
  nameCharactersMax,
  proseCharactersMax,
  referenceCharactersMax,
  shortCodeCharactersMax,
} from '@ringfence/kernel';
import {
  AmountField,
  BooleanField,
  ChoiceField,
  DateField,
  IdField,
  IdsField,
  ObjectsField,
  PatternField,
  TextField,
} from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export class AddPayerDto {
  @TextField({ max: nameCharactersMax, example: 'Fernshire Council' })
  name!: string;

  @ChoiceField(payerKinds)
  kind!: PayerKind;

  @TextField({
    max: referenceCharactersMax,
    description: 'The short code by which imports name the payer',
    example: 'FS',
  })
  code!: string;
}

export class OutcomeDto {
  @TextField({ max: referenceCharactersMax, description: 'Its number in the plan', example: '2.1' })
  reference!: string;

  @TextField({ max: proseCharactersMax, description: 'The difference made, in the words of the plan' })
  description!: string;
}

export class AddPlanDocumentDto {
  @IdField({ description: 'The child whose plan it is' })
  childId!: string;

  @ChoiceField(planKinds)
  kind!: PlanKind;

  @DateField()
  startsOn!: string;

  @DateField({ optional: true })
  endsOn?: string;

  @ObjectsField(OutcomeDto, { max: outcomesPerPlanMax })
  outcomes!: OutcomeDto[];
}

export class CreateBudgetDto {
  @TextField({ max: referenceCharactersMax, description: "The council's own number of the budget, unique" })
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

  @TextField({ max: proseCharactersMax, description: 'Why these terms, in a sentence' })
  reason!: string;
}

export class AddAgreementDto extends AgreementTermsDto {
  @IdField()
  budgetId!: string;

  @IdField({ description: 'Whose money it is; one agreement for each payer of a budget' })
  payerId!: string;
}

export class AddAgreementVersionDto extends AgreementTermsDto {
  @BooleanField({ description: 'Whether the services provided change: a review follows' })
  changesServices!: boolean;
}

export class BudgetLineDto {
  @IdField()
  agreementId!: string;

  @TextField({ max: nameCharactersMax })
  name!: string;

  @ChoiceField(fundingStreams)
  stream!: FundingStream;

  @ChoiceField(deliveryMechanisms)
  mechanism!: DeliveryMechanism;

  @ChoiceField(holders)
  holder!: Holder;

  @ChoiceField(planSections)
  planSection!: PlanSection;

  @AmountField({ description: "For all of the line's days" })
  amount!: string;

  @PatternField(quantityPattern, 'must be a number written as a string, such as "3.25"', {
    optional: true,
    example: '520',
    description: 'With unit and rate, or without any of the three',
  })
  quantity?: string;

  @TextField({ max: shortCodeCharactersMax, optional: true, example: 'hours' })
  unit?: string;

  @AmountField({ optional: true })
  rate?: string;

  @DateField()
  startsOn!: string;

  @DateField()
  endsOn!: string;

  @IdField({ optional: true, description: 'The payee, where it is known' })
  payeeId?: string;

  @IdsField({ max: outcomesPerPlanMax, description: 'At least one where money is paid out' })
  outcomeIds!: string[];
}

export class AddBudgetLinesDto {
  @ObjectsField(BudgetLineDto, { min: 1, max: linesPerRequestMax })
  lines!: BudgetLineDto[];
}

export class BudgetsQuery extends PageQuery {
  @TextField({
    max: nameCharactersMax,
    optional: true,
    description: "Found in the reference, the child's or the recipient's name",
  })
  text?: string;

  @ChoiceField(fundingStreams, { optional: true })
  stream?: FundingStream;

  @DateField({ optional: true, description: 'A day on which the budget runs' })
  day?: string;
}
