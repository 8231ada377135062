import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { organisationKinds, type OrganisationKind } from '@ringfence/identity';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsEmail, IsIn, IsOptional, IsUrl, Length, ValidateNested } from 'class-validator';
import { DateField, IdField } from '../http/fields.js';

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

  @ApiPropertyOptional({ type: SignInDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => SignInDto)
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

  @ApiPropertyOptional({ type: [ApiClientDto] })
  @IsOptional()
  @ArrayMaxSize(apiClientsPerOrganisationMax)
  @ValidateNested({ each: true })
  @Type(() => ApiClientDto)
  apiClients?: ApiClientDto[];
}
