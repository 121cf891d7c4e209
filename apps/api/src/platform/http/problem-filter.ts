import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import { Problem, TooManyTries } from '../problems.ts';
import type { PlumblineRequest } from './request.ts';

/** Titles of the statuses that the framework itself raises. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'This request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'This does not fit the current state',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Wrong kind of content',
  422: 'Refused',
  428: 'A version is needed',
  429: 'Too many requests',
  503: 'Busy',
};

/** What to do about a request that was refused before any route saw it. */
const CURES: Readonly<Record<number, string>> = {
  400: 'This request cannot be read. Send valid JSON in UTF-8, and check the address.',
  413: 'This request is larger than 1 MB. Send less at once.',
  415: 'This content cannot be read. Send application/json in UTF-8, not compressed.',
};

/** Turns every failure into one RFC 9457 problem; what is not ours to tell stays in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PlumblineRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = asProblem(error);
    const reference = request.requestId;
    if (problem.status >= 500) {
      this.logger.error({ message: problem.code, reference, cause: describe(error) });
    }
    // A stream that has begun cannot carry a problem any more; ending it is the signal.
    if (response.headersSent) {
      response.end();
      return;
    }
    if (problem instanceof TooManyTries) response.setHeader('Retry-After', problem.seconds);
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:plumbline:problem:${problem.code}`,
          title: TITLES[problem.status] ?? 'Something failed on our side',
          status: problem.status,
          detail: problem.message,
          code: problem.code,
          reference,
          ...problem.extra,
        }),
      );
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) {
    const status = error.getStatus();
    if (status === 404)
      return new Problem(
        404,
        'not-found',
        'There is nothing here, or you cannot see it. Check the address.',
      );
    if (status < 500) return asHttp(status, error);
  }
  // body-parser and multer raise errors that carry a status but are no HttpException.
  if (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status < 500
  ) {
    return asHttp(error.status, error);
  }
  if (error instanceof Error && error.name === 'MulterError') {
    return new Problem(413, 'upload-refused', `The upload was refused: ${error.message}.`);
  }
  return new Problem(
    500,
    'unexpected',
    'This failed on our side. Nothing was changed. Try again, and give support the reference.',
  );
}

const asHttp = (status: number, { message }: Error): Problem =>
  new Problem(status, 'http', CURES[status] ?? message);

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
