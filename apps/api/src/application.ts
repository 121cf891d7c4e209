import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.ts';
import type { Configuration } from './platform/config/configuration.ts';
import { assertEveryRouteNamesItsAccess } from './platform/http/every-route-names-its-access.ts';
import { serveApiDescription } from './platform/http/open-api.ts';
import { readableInput } from './platform/http/readable-input.ts';
import { requestLog } from './platform/http/request-log.ts';
import { neverStored, securityHeaders } from './platform/http/security-headers.ts';
import { serveWeb } from './platform/http/web-pages.ts';
import { RedactingLogger } from './platform/telemetry/log.ts';
import { Metrics } from './platform/telemetry/metrics.ts';

/** Largest JSON body; uploads have limits of their own. */
const JSON_LIMIT = '1mb';
/** A workflow comes with its layout; its own limits are said in the terms of a workflow. */
const WORKFLOW_LIMIT = '4mb';
const WORKFLOW_PATH = /^\/api\/organisations\/[^/]+\/workflows(?:\/|$)/;

/** The whole application, wired but not listening; every role and every test starts from here. */
export async function createApplication(
  configuration: Configuration,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(configuration), {
    logger: new RedactingLogger(configuration),
    bodyParser: false,
  });
  app.set('trust proxy', configuration.environment.TRUST_PROXY);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(requestLog(app.get(Metrics)));
  app.use(securityHeaders(configuration));
  app.use('/api', neverStored);
  // After the above, so that a refused body is answered with its reference and headers as well.
  app.useBodyParser('json', {
    limit: WORKFLOW_LIMIT,
    type: ({ url = '', headers }) =>
      WORKFLOW_PATH.test(url) && /^application\/json\b/i.test(headers['content-type'] ?? ''),
  });
  app.useBodyParser('json', { limit: JSON_LIMIT });
  app.use('/api', readableInput);
  app.setGlobalPrefix('api', { exclude: ['livez', 'readyz', 'metrics'] });
  serveApiDescription(app);
  if (configuration.environment.WEB_DIR) serveWeb(app, configuration.environment.WEB_DIR);
  assertEveryRouteNamesItsAccess(app);
  return app;
}
