import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The API's description, OpenAPI 3.1, made from the same contracts that check requests and answers. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Plumbline')
    .setDescription(
      'Every operation names its organisation in the path. Refusals are RFC 9457 problems. ' +
        'Send Idempotency-Key with commands and If-Match with edits. A client that is not a browser ' +
        'sends the header X-Plumbline-Client with its name.',
    )
    .setVersion('1')
    .addCookieAuth('plumbline', { type: 'apiKey', in: 'cookie' }, 'session')
    .addBearerAuth({ type: 'http', description: 'A service token, plt_…' }, 'token')
    .build();
  return SwaggerModule.createDocument(app, about, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '')}.${method}`,
  });
}

/** Serves the description at /api/docs (people) and /api/docs-json (machines). */
export function serveApiDescription(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/docs-json',
    customSiteTitle: 'Plumbline API',
  });
}
