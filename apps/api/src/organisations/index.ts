export { Clients, type KnownClient } from './clients.ts';
export { Firms, type NewFirm } from './firms.ts';
export { Organisations, type NewOrganisation, type OrganisationName } from './organisations.ts';
export { OrganisationsModule } from './organisations.module.ts';
