export { CurrentOrganisation } from './current-organisation.ts';
export { ReuseWithinOrganisation } from './reuse-within-organisation.ts';
