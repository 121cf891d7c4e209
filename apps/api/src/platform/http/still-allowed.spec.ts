import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../../../test/support/test-api.ts';
import { aMember, anEngagement, anOrganisation } from '../../../test/support/world.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import type { RequestContext } from '../request-context.ts';
import { contextOfPerson } from './person-context.ts';
import { StillAllowed } from './still-allowed.ts';

describe('StillAllowed', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  async function anAdviser(): Promise<RequestContext> {
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
    const client = await anOrganisation(api);
    await anEngagement(api, client, firm);
    const personId = await aMember(api, firm, ['firm.lead'], 'Lea');
    await api.signIn(personId);
    const [session] = await api.admin<{ id: string }>(
      'select id from app.session where person_id = $1',
      [personId],
    );
    return contextOfPerson(api.app.get(TenantDatabase), client.slug, {
      personId,
      personName: 'Lea',
      sessionId: session!.id,
      steppedUpAt: null,
      requestId: 'test',
    });
  }

  it.each([
    ['the engagement is revoked', 'update app.engagement set revoked_at = now()'],
    ['the engagement runs out', 'update app.engagement set valid_to = now()'],
    [
      'it is limited to other people',
      `update app.engagement set people = array['${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}']::uuid[]`,
    ],
    ['the person leaves the firm', `update app.member set status = 'removed'`],
    ['the person signs out', 'update app.session set revoked_at = now()'],
    ['the session is over', 'update app.session set expires_at = now()'],
  ])('lets an adviser’s stream go on until %s', async (_, change) => {
    const ctx = await anAdviser();
    const stillAllowed = api.app.get(StillAllowed);
    expect(await stillAllowed.hasAccess(ctx)).toBe(true);
    await api.admin(change);
    expect(await stillAllowed.hasAccess(ctx)).toBe(false);
  });
});
