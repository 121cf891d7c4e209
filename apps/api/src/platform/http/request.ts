import type { Request } from 'express';
import type { RequestContext, SignedIn } from '../request-context.ts';

/** An Express request after the guard: who it is from, and for which organisation. */
export interface PlumblineRequest extends Request {
  requestId: string;
  signedIn?: SignedIn;
  context?: RequestContext;
}
