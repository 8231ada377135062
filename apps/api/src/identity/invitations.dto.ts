import { subjectCharactersMax } from '@ringfence/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { IsUrl } from 'class-validator';
import { TextField } from '../http/fields.js';
import { issuerUrl } from './identity.dto.js';

export class InviteDto {
  @ApiProperty({ description: 'The OpenID Connect issuer', example: 'https://sign-in.example.org' })
  @IsUrl(issuerUrl)
  issuer!: string;

  @TextField({ max: subjectCharactersMax, description: 'The subject of a person, or the client id of a machine' })
  identity!: string;
}
