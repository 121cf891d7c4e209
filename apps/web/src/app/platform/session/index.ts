export { AskPassword } from './ask-password.ts';
export { belongsTo, signedIn } from './guards.ts';
export { Session } from './session.ts';
