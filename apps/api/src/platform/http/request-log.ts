import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from '../telemetry/metrics.ts';
import type { PlumblineRequest } from './request.ts';

/** Gives each request its reference, and measures and logs how it was answered. */
export function requestLog(metrics: Metrics) {
  const logger = new Logger('Request');
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint();
    const requestId = randomBytes(6).toString('base64url');
    (request as PlumblineRequest).requestId = requestId;
    response.setHeader('X-Request-Id', requestId);
    response.on('finish', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      // The route's pattern, never the address: it may name a person or a file.
      const matched: unknown = request.route;
      const route = isRoute(matched) ? matched.path : 'static';
      metrics.answered(request.method, route, response.statusCode, seconds);
      if (route !== 'static' && response.statusCode >= 400) {
        logger.log({
          message: 'refused',
          reference: requestId,
          method: request.method,
          route,
          status: response.statusCode,
          milliseconds: Math.round(seconds * 1000),
        });
      }
    });
    next();
  };
}

const isRoute = (value: unknown): value is { path: string } =>
  typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';
