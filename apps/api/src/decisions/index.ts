export { Decisions, type FrozenDecision } from './decisions.ts';
export { DecisionsModule } from './decisions.module.ts';
