import { nameCharactersMax, subjectCharactersMax } from '@ringfence/kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { organisationKinds, type OrganisationKind } from '@ringfence/identity';
import { IsEmail, IsOptional, IsUrl } from 'class-validator';
import { ChoiceField, DateField, IdField, ObjectField, ObjectsField, TextField } from '../http/fields.js';

export const issuerUrl = { require_tld: false, require_protocol: true };
export const apiClientsPerOrganisationMax = 20;

export class SignInDto {
  @ApiProperty({ description: 'The OpenID Connect issuer' })
  @IsUrl(issuerUrl)
  issuer!: string;

  @TextField({ max: subjectCharactersMax, description: 'The subject that the issuer gives this person' })
  subject!: string;
}

export class AddPersonDto {
  @TextField({ max: nameCharactersMax })
  name!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsEmail()
  email?: string;

  @DateField({ optional: true })
  dateOfBirth?: string;

  @IdField({ optional: true })
  organisationId?: string;

  @ObjectField(SignInDto, { optional: true })
  signIn?: SignInDto;
}

export class ApiClientDto {
  @ApiProperty()
  @IsUrl(issuerUrl)
  issuer!: string;

  @TextField({ max: subjectCharactersMax })
  clientId!: string;

  @TextField({ max: nameCharactersMax })
  name!: string;
}

export class AddOrganisationDto {
  @TextField({ max: nameCharactersMax })
  name!: string;

  @ChoiceField(organisationKinds)
  kind!: OrganisationKind;

  @ObjectsField(ApiClientDto, { optional: true, max: apiClientsPerOrganisationMax })
  apiClients?: ApiClientDto[];
}
