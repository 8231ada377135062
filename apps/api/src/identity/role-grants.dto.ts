import { grantStates, proposalStates, roles, type ProposalState, type Role } from '@ringfence/identity';
import { ChoiceField, DateField, IdField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export const proposalReasonCharactersMax = 1000;

export class GrantRoleDto {
  @ChoiceField(roles)
  role!: Role;

  @IdField({ optional: true })
  personId?: string;

  @IdField({ optional: true })
  apiClientId?: string;

  @IdField({ optional: true, description: 'For the roles that are for one budget' })
  budgetId?: string;

  @DateField({ description: 'Today or later' })
  validFrom!: string;

  @DateField({ optional: true, description: 'The last day' })
  validTo?: string;
}

export class ProposeGrantDto extends GrantRoleDto {
  @DateField({ description: 'A day that has passed, too' })
  declare validFrom: string;

  @TextField({ max: proposalReasonCharactersMax, description: 'Why it begins before today' })
  reason!: string;
}

export class EndGrantDto {
  @DateField({ description: 'The last day on which the grant counts: yesterday or later' })
  validTo!: string;
}

export class RoleGrantsQuery extends PageQuery {
  @IdField({ optional: true })
  personId?: string;

  @IdField({ optional: true })
  apiClientId?: string;

  @IdField({ optional: true })
  budgetId?: string;

  @ChoiceField(roles, { optional: true })
  role?: Role;

  @ChoiceField(grantStates, { optional: true })
  state?: (typeof grantStates)[number];
}

export class ProposalsQuery extends PageQuery {
  @ChoiceField(proposalStates, { optional: true })
  state?: ProposalState;
}
