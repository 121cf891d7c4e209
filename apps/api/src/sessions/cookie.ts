import type { Response } from 'express';
import type { Configuration } from '../platform/config/configuration.ts';
import { sessionCookie, type PlumblineRequest } from '../platform/http/index.ts';
import { networkOf } from './network.ts';
import type { Opened, Origin } from './sessions.ts';

/** Hands the secret of a session to the browser, until the session ends at the latest. */
export function giveCookie(response: Response, configuration: Configuration, opened: Opened): void {
  const { name, options } = sessionCookie(configuration);
  response.cookie(name, opened.secret, { ...options, expires: new Date(opened.me.expiresAt) });
}

/** Takes the cookie back, and what the pages kept in the browser. */
export function takeCookie(response: Response, configuration: Configuration): void {
  const { name, options } = sessionCookie(configuration);
  response.clearCookie(name, options);
  response.setHeader('Clear-Site-Data', '"storage"');
}

/** Where a request comes from. */
export const originOf = (request: PlumblineRequest): Origin => ({
  network: networkOf(request.ip),
  userAgent: request.headers['user-agent'] ?? '',
  replaces: request.signedIn?.sessionId ?? null,
});
