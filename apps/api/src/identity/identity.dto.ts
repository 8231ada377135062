import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { organisationKinds, type OrganisationKind } from '@ringfence/identity';
import { IsEmail, IsIn, IsOptional, IsUrl, Length } from 'class-validator';
import { DateField, IdField, ObjectField, ObjectsField } from '../http/fields.js';

export const issuerUrl = { require_tld: false, require_protocol: true };
export const apiClientsPerOrganisationMax = 20;

export class SignInDto {
  @ApiProperty({ description: 'The OpenID Connect issuer' })
  @IsUrl(issuerUrl)
  issuer!: string;

  @ApiProperty({ description: 'The subject that the issuer gives this person' })
  @Length(1, 255)
  subject!: string;
}

export class AddPersonDto {
  @ApiProperty()
  @Length(1, 200)
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

  @ApiProperty()
  @Length(1, 255)
  clientId!: string;

  @ApiProperty()
  @Length(1, 200)
  name!: string;
}

export class AddOrganisationDto {
  @ApiProperty()
  @Length(1, 200)
  name!: string;

  @ApiProperty({ enum: organisationKinds })
  @IsIn(organisationKinds)
  kind!: OrganisationKind;

  @ObjectsField(ApiClientDto, { optional: true, max: apiClientsPerOrganisationMax })
  apiClients?: ApiClientDto[];
}
