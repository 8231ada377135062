export * from './add-authority.js';
export * from './directory.js';
export * from './domain/access.js';
export * from './domain/choose-membership.js';
export * from './domain/fields.js';
export { giversOf, type WantedGrant } from './domain/granting.js';
export * from './domain/roles.js';
export * from './entities/identity.entities.js';
export * from './identity.module.js';
export { PeopleRegister, type NewOrganisation, type NewPerson } from './people-register.js';
export { Invitations, invitationStates, type ReceivedInvitation, type SentInvitation } from './invitations.js';
export * from './principal.js';
export * from './readable.js';
export {
  grantStates,
  proposalStates,
  RoleGrants,
  type GivenGrant,
  type GrantEvent,
  type GrantProposal,
  type ProposalState,
} from './role-grants.js';
export * from './token-verifier.js';
export * from './provider/index.js';
