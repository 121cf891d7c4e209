export { contextOf } from './context-of.ts';
export { Invitations, type OpenInvitationRow } from './invitations.ts';
export { Members, type PersonHere } from './members.ts';
export { Membership, type InOrganisation, type Joining } from './membership.ts';
export { MembersModule } from './members.module.ts';
export { memberUntil } from './role-rules.ts';
