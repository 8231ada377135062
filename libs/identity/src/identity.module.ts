import { Module } from '@nestjs/common';
import { Clock } from '@ringfence/kernel';
import { Config, Database } from '@ringfence/platform';
import { PrincipalDirectory } from './directory.js';
import { PeopleRegister } from './people-register.js';
import { Invitations } from './invitations.js';
import { RoleGrants } from './role-grants.js';
import { TokenVerifier } from './token-verifier.js';

@Module({
  providers: [
    PeopleRegister,
    Invitations,
    RoleGrants,
    {
      provide: PrincipalDirectory,
      inject: [Database, Clock],
      useFactory: (database: Database, clock: Clock) => new PrincipalDirectory(database, clock),
    },
    {
      provide: TokenVerifier,
      inject: [Config],
      useFactory: (config: Config) => new TokenVerifier(config.OIDC_ISSUER, config.API_URL),
    },
  ],
  exports: [PeopleRegister, Invitations, RoleGrants, PrincipalDirectory, TokenVerifier],
})
export class IdentityModule {}
