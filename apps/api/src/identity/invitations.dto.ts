import { ApiProperty } from '@nestjs/swagger';
import { IsUrl, Length } from 'class-validator';
import { issuerUrl } from './identity.dto.js';

export class InviteDto {
  @ApiProperty({ description: 'The OpenID Connect issuer', example: 'https://sign-in.example.org' })
  @IsUrl(issuerUrl)
  issuer!: string;

  @ApiProperty({ minLength: 1, maxLength: 255, description: 'The subject of a person, or the client id of a machine' })
  @Length(1, 255)
  identity!: string;
}
