import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startTestApi, type TestApi } from '../../../test/support/test-api.ts';
import { describeApi } from './open-api.ts';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

describe('the description of the API', () => {
  let api: TestApi;
  let operations: { path: string; method: string; operation: Operation }[];

  beforeAll(async () => {
    api = await startTestApi();
    const { paths } = describeApi(api.app as never);
    operations = Object.entries(paths).flatMap(([path, item]) =>
      (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
        const operation = item[method];
        return operation ? [{ path, method, operation }] : [];
      }),
    );
  });
  afterAll(() => api.close());

  it('has every refusal as a problem, in the media type that it is sent in', async () => {
    const media = operations.flatMap(({ operation }) =>
      Object.entries(operation.responses).flatMap(([status, response]) =>
        Number(status) < 400 || !response || '$ref' in response
          ? []
          : Object.keys(response.content ?? {}),
      ),
    );
    expect(media.length).toBeGreaterThan(operations.length);
    expect(new Set(media)).toEqual(new Set(['application/problem+json']));
    const refused = await api.anonymous.get('/api/organisations/nowhere/tasks').expect(401);
    expect(refused.type).toBe('application/problem+json');
  });

  it('says where a key may be sent: with every command in an organisation', () => {
    const takes = ({ parameters = [] }: Operation) =>
      parameters.some((each) => 'name' in each && each.name === 'Idempotency-Key');
    const wrong = operations.filter(({ path, method, operation }) => {
      const isCommand = method !== 'get' && path.includes('{organisation}');
      return takes(operation) !== isCommand;
    });
    expect(wrong.map(({ path, method }) => `${method} ${path}`)).toEqual([]);
  });
});
