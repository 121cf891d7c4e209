export { Decisions, type FrozenDecision } from './decisions.ts';
export { DecisionsModule } from './decisions.module.ts';
export { isSealedEvent, isSealedVote, mayReadVote } from './sealed-votes.ts';
