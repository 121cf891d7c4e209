import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { KEY_PATTERN } from './idempotency.ts';

type PathItem = OpenAPIObject['paths'][string];
type OperationObject = NonNullable<PathItem['get']>;

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
  const description = SwaggerModule.createDocument(app, about, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '')}.${method}`,
  });
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      nameRefusals(operation);
      if (method !== 'get' && path.includes('{organisation}')) takeKey(operation);
    }
  }
  return description;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Refusals are problems by their media type, too. */
function nameRefusals({ responses }: OperationObject): void {
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) < 400 || !response || '$ref' in response) continue;
    // An operation that answers with a file still refuses in words.
    const [content] = Object.values(response.content ?? {});
    if (content) response.content = { 'application/problem+json': content };
  }
}

/** Commands in an organisation are carried out once under a key; see the interceptor. */
function takeKey(operation: OperationObject): void {
  operation.parameters = [
    ...(operation.parameters ?? []),
    {
      ...{ name: 'Idempotency-Key', in: 'header', required: false },
      description: 'The same request again under this key gets the first answer, for 7 days',
      schema: { type: 'string', pattern: KEY_PATTERN },
    },
  ];
}

/** Serves the description at /api/docs (people) and /api/docs-json (machines). */
export function serveApiDescription(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/docs-json',
    customSiteTitle: 'Plumbline API',
  });
}
