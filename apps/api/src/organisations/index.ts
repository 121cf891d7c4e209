export { CALENDAR_CHANGED } from './calendar-change.ts';
export { Clients, type KnownClient } from './clients.ts';
export { Founding, type Founded } from './founding.ts';
export {
  Organisations,
  refuseUnknownTimeZone,
  type NewOrganisation,
  type OrganisationName,
} from './organisations.ts';
export { OrganisationsModule } from './organisations.module.ts';
export { minutesOf, reckonsOtherwise, tidied } from './working-times.ts';
