import type { HttpErrorResponse, HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { AskPassword } from '../session/ask-password.ts';
import { problemOf } from './problem.ts';
import { QUIET } from './quiet.ts';

/**
 * When the API wants a password (a decision needs one again, or the session has ended), asks for it
 * where the person is and repeats the request; nothing on the page is lost.
 */
export const askAgain: HttpInterceptorFn = (request, next) => {
  const ask = inject(AskPassword);
  return next(request).pipe(
    catchError((error: HttpErrorResponse) => {
      const { code } = problemOf(error);
      const asks = code === 'step-up-required' || code === 'not-signed-in';
      if (!asks || request.context.get(QUIET)) return throwError(() => error);
      return from(ask.ask(code)).pipe(
        switchMap((given) => (given ? next(request) : throwError(() => error))),
      );
    }),
  );
};
