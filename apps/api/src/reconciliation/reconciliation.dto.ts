import { type FundingStream, fundingStreams, reasonsCharactersMax } from '@ringfence/kernel';
import {
  lineStates,
  partsPerLineMax,
  payrollControls,
  suggestionsAtOnceMax,
  type LineState,
  type PayrollControl,
} from '@ringfence/reconciliation';
import {
  AmountField,
  ChoiceField,
  DateField,
  IdField,
  IdsField,
  ObjectField,
  ObjectsField,
  TextField,
} from '../http/fields.js';
import { PageQuery } from '../http/pages.js';
import { verdicts } from '../spending-rules/findings.responses.js';

export const targetTypes = ['instalment', 'payslip', 'budget-line', 'payroll-control', 'family-money'] as const;
export type TargetType = (typeof targetTypes)[number];

export class LinesQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @IdField({ optional: true })
  designatedAccountId?: string;

  @DateField({ optional: true })
  from?: string;

  @DateField({ optional: true })
  to?: string;

  @ChoiceField(lineStates, { optional: true })
  state?: LineState;

  @ChoiceField(verdicts, { optional: true })
  verdict?: string;
}

export class TargetDto {
  @ChoiceField(targetTypes)
  type!: TargetType;

  @IdField({ optional: true, description: 'For an instalment' })
  instalmentId?: string;

  @IdField({ optional: true, description: 'For a payslip' })
  payslipId?: string;

  @IdField({ optional: true, description: 'For a budget line' })
  budgetLineId?: string;

  @IdField({ optional: true, description: 'For a budget line with several outcomes' })
  outcomeId?: string;

  @DateField({ optional: true, description: 'For a budget line: the day of the service, where it is not the line’s' })
  serviceDate?: string;

  @IdField({ optional: true, description: 'For a payroll control or family money' })
  budgetId?: string;

  @ChoiceField(payrollControls, { optional: true })
  control?: PayrollControl;

  @ChoiceField(fundingStreams, { optional: true })
  stream?: FundingStream;
}

export class PartDto {
  @AmountField({ positive: false, description: 'Signed as the line is: money out is negative' })
  amount!: string;

  @ObjectField(TargetDto)
  target!: TargetDto;
}

/** Either suggestions to accept as they stand, or a line with its parts. */
export class AllocateDto {
  @IdsField({ min: 1, max: suggestionsAtOnceMax, optional: true })
  suggestionIds?: string[];

  @IdField({ optional: true })
  statementLineId?: string;

  @ObjectsField(PartDto, { optional: true, min: 1, max: partsPerLineMax })
  parts?: PartDto[];

  @TextField({ max: reasonsCharactersMax, optional: true, description: 'Why: kept with each part' })
  reasons?: string;
}

export class UndoDto {
  @TextField({ max: reasonsCharactersMax })
  reasons!: string;
}
