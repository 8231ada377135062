import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { grantStates, proposalStates, roles, type ProposalState, type Role } from '@ringfence/identity';
import { IsIn, IsOptional, Length } from 'class-validator';
import { DateField, IdField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';

export const proposalReasonCharactersMax = 1000;

export class GrantRoleDto {
  @ApiProperty({ enum: roles })
  @IsIn(roles)
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

  @ApiProperty({ minLength: 1, maxLength: proposalReasonCharactersMax, description: 'Why it begins before today' })
  @Length(1, proposalReasonCharactersMax)
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

  @ApiPropertyOptional({ enum: roles })
  @IsOptional()
  @IsIn(roles)
  role?: Role;

  @ApiPropertyOptional({ enum: grantStates })
  @IsOptional()
  @IsIn(grantStates)
  state?: (typeof grantStates)[number];
}

export class ProposalsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: proposalStates })
  @IsOptional()
  @IsIn(proposalStates)
  state?: ProposalState;
}
