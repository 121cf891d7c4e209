import { HttpErrorResponse } from '@angular/common/http';
import type { ProblemDetails } from '@plumbline/contracts';

/** A refusal of the API, or a failure on the way to it, as one thing to show. */
export class ApiProblem extends Error {
  constructor(readonly details: ProblemDetails) {
    super(details.detail);
  }
}

/** Codes that this side gives; their words are in `platform.en-GB.json`. */
type OwnCode = 'offline' | 'unreadable' | 'unexpected';

const ours = (code: OwnCode, status: number): ProblemDetails => ({
  type: `urn:plumbline:problem:${code}`,
  title: '',
  status,
  detail: '',
  code,
  reference: '',
});

const isProblem = (body: unknown): body is ProblemDetails =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  typeof body.code === 'string' &&
  'detail' in body &&
  typeof body.detail === 'string';

/** Any failure of a request as a problem; what is not an answer of the API gets a code of ours and no text. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof ApiProblem) return error.details;
  if (error instanceof HttpErrorResponse) {
    if (isProblem(error.error)) return error.error;
    if (error.status === 0) return ours('offline', 0);
    return ours('unexpected', error.status);
  }
  // A resource wraps what its parser threw.
  return ours('unreadable', 0);
}
