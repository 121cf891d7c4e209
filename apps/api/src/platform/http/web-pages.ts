import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';

/** A year, in milliseconds: the names of built files change with their content. */
const YEAR = 365 * 24 * 3600 * 1000;

/** Serves the built web: hashed files for a year, and index.html for every address of the app. */
export function serveWeb(app: NestExpressApplication, folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.use(
    express.static(folder, {
      index: false,
      setHeaders: (response, path) => {
        const hashed = /-[A-Z0-9]{8}\.[a-z0-9]+$/.test(path);
        response.setHeader(
          'Cache-Control',
          hashed ? `public, max-age=${YEAR / 1000}, immutable` : 'no-cache',
        );
      },
    }),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage =
      request.method === 'GET' &&
      !request.path.startsWith('/api') &&
      request.accepts('html') !== false &&
      !/^\/(livez|readyz|metrics)$/.test(request.path);
    if (!isPage) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
}
