import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { Configuration } from '../config/configuration.ts';

/** What a browser may do with our pages: everything from this origin, nothing else (security policy in SECURITY.md). */
export const securityHeaders = (configuration: Configuration) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Angular puts component styles into the page; scripts stay strict.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        ...(configuration.secure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: configuration.secure
      ? { maxAge: 63_072_000, includeSubDomains: true }
      : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });

/** Answers of the API are one person's: nothing between here and them keeps a copy. */
export function neverStored(_: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
