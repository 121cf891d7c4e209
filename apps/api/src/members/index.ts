export { Members, type PersonHere } from './members.ts';
export { MembersModule } from './members.module.ts';
