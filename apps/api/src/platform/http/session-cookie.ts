import type { CookieOptions, Request } from 'express';
import type { Configuration } from '../config/configuration.ts';

/** Name and attributes of the session cookie; `__Host-` binds it to this host over https. */
export function sessionCookie(configuration: Configuration): {
  name: string;
  options: CookieOptions;
} {
  return {
    name: configuration.secure ? '__Host-plumbline' : 'plumbline',
    options: { httpOnly: true, secure: configuration.secure, sameSite: 'lax', path: '/' },
  };
}

/** The session secret of a request, or null. */
export function readSessionSecret(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return null;
}
