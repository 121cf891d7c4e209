export { Acceptance } from './acceptance.ts';
export { Accounts } from './accounts.ts';
export { Attempts } from './attempts.ts';
export { networkOf } from './network.ts';
export { Passwords } from './passwords.ts';
export { SessionsModule } from './sessions.module.ts';
