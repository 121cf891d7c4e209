export {
  Can,
  Ctx,
  ExpectedVersion,
  Me,
  Public,
  Returns,
  ReturnsFile,
  ReturnsNothing,
  ShownOnce,
  SignedInOnly,
} from './decorators.ts';
export { EventStream, type LiveEvent } from './event-stream.ts';
export { IDLE_MINUTES, LONGEST_HOURS, requireStepUp, STEP_UP_MINUTES } from './session-life.ts';
export { readSessionSecret, sessionCookie } from './session-cookie.ts';
export type { PlumblineRequest } from './request.ts';
export { validateBody } from './validation.ts';
