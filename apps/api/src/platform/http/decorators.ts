import {
  applyDecorators,
  createParamDecorator,
  Header,
  HttpCode,
  SerializeOptions,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiHeader, ApiResponse } from '@nestjs/swagger';
import { problemSchema } from '@plumbline/contracts';
import type { Action, Subject } from '@plumbline/policies';
import type { ZodType } from 'zod';
import { Problem } from '../problems.ts';
import type { RequestContext, SignedIn } from '../request-context.ts';
import type { PlumblineRequest } from './request.ts';

export const ACCESS = Symbol('access');
export const SHOWN_ONCE = Symbol('shown-once');

/** Who may call a route. Every route names one; the server refuses to start otherwise. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'can'; readonly action: Action; readonly subject: Subject };

const access = (value: Access) => SetMetadata(ACCESS, value);

/** Anyone, also without a session. */
export const Public = () => applyDecorators(access({ kind: 'public' }));

/** Anyone who is signed in; no organisation is involved. */
export const SignedInOnly = () =>
  applyDecorators(access({ kind: 'signed-in' }), ApiCookieAuth('session'), problemAnswer(401));

/** Whoever may do `action` to `subject` in the organisation of the address. */
export const Can = (action: Action, subject: Subject) =>
  applyDecorators(
    access({ kind: 'can', action, subject }),
    ApiCookieAuth('session'),
    ApiBearerAuth('token'),
    problemAnswer(401),
    problemAnswer(403),
    problemAnswer(404),
  );

/** The answer's schema: enforced on the way out and published in OpenAPI, from one place. */
export const Returns = (schema: ZodType, status: 200 | 201 | 202 = 200) =>
  applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, description: 'Done', standardSchema: schema }),
    problemAnswer(400),
  );

/** The answer carries a secret: it is kept nowhere, so a repeated request does not get it again. */
export const ShownOnce = () => SetMetadata(SHOWN_ONCE, true);

/** Answers 204 without a body. */
export const ReturnsNothing = () =>
  applyDecorators(
    HttpCode(204),
    ApiResponse({ status: 204, description: 'Done' }),
    problemAnswer(400),
  );

/** Answers with a file to be saved: a browser never shows or runs it in our origin. */
export const ReturnsFile = (mediaType: string) =>
  applyDecorators(
    HttpCode(200),
    Header('Content-Security-Policy', "sandbox; default-src 'none'"),
    Header('X-Content-Type-Options', 'nosniff'),
    Header('Cache-Control', 'private, no-store'),
    ApiResponse({
      status: 200,
      description: 'The file',
      content: { [mediaType]: { schema: { type: 'string', format: 'binary' } } },
    }),
    problemAnswer(400),
  );

function problemAnswer(status: number) {
  return ApiResponse({
    status,
    description: 'Refused; says why and what to do',
    standardSchema: problemSchema,
  });
}

/** The organisation, person and rights of this request. */
export const Ctx = createParamDecorator((_: unknown, host: ExecutionContext): RequestContext => {
  const { context } = host.switchToHttp().getRequest<PlumblineRequest>();
  if (!context) throw new Error('@Ctx needs @Can: this route names no organisation');
  return context;
});

/** The signed-in person, for routes outside any organisation. */
export const Me = createParamDecorator((_: unknown, host: ExecutionContext): SignedIn => {
  const { signedIn } = host.switchToHttp().getRequest<PlumblineRequest>();
  if (!signedIn) throw new Error('@Me needs @SignedInOnly or @Can');
  return signedIn;
});

const versionOf = createParamDecorator((_: unknown, host: ExecutionContext): number => {
  const header = host.switchToHttp().getRequest<PlumblineRequest>().headers['if-match'];
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header ?? '')?.[1];
  if (!version) {
    throw new Problem(
      428,
      'version-required',
      'Send the version you are changing in the If-Match header, for example If-Match: "3".',
    );
  }
  return Number(version);
});

/** The version that the caller read before changing it, from `If-Match: "<version>"`. */
export const ExpectedVersion = (): ParameterDecorator => (target, key, index) => {
  versionOf()(target, key, index);
  if (key === undefined) return;
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  if (descriptor) {
    ApiHeader({ name: 'If-Match', required: true, description: 'The version you read, in quotes' })(
      target,
      key,
      descriptor,
    );
  }
};
