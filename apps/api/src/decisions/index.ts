export { Decisions, type FrozenDecision } from './decisions.ts';
export { DecisionsModule } from './decisions.module.ts';
export { gateOf, type GateLine } from './gate.ts';
