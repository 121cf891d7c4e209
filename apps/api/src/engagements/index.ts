export { statusOf } from './engagement-rules.ts';
export { Engagements } from './engagements.ts';
export { EngagementsModule } from './engagements.module.ts';
