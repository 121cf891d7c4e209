export { CALL_TIMEOUT, Outgoing, type CallEnd, type NoAnswer } from './outgoing.ts';
