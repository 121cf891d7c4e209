export { Accounts } from './accounts.ts';
export { Passwords } from './passwords.ts';
export { SessionsModule } from './sessions.module.ts';
