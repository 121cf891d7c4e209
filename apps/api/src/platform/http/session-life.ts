import { StepUpRequired } from '../problems.ts';
import type { RequestContext } from '../request-context.ts';

/** A session ends after an hour without use, and after twelve hours in any case. */
export const IDLE_MINUTES = 60;
export const LONGEST_HOURS = 12;

/** How long a password entered again counts for decisions, exports and tokens. */
export const STEP_UP_MINUTES = 5;

/** Refuses to go on until the person has shown again, within five minutes, that it is them. */
export function requireStepUp(ctx: Pick<RequestContext, 'steppedUpAt'>, now: Date): void {
  const since = ctx.steppedUpAt ? now.getTime() - ctx.steppedUpAt.getTime() : Infinity;
  if (since > STEP_UP_MINUTES * 60_000) throw new StepUpRequired();
}
