export { Clients, type KnownClient } from './clients.ts';
export { Founding, type Founded } from './founding.ts';
export { Organisations, type NewOrganisation, type OrganisationName } from './organisations.ts';
export { OrganisationsModule } from './organisations.module.ts';
