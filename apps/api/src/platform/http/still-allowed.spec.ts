import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../../../test/support/test-api.ts';
import { aMember, anEngagement, anOrganisation } from '../../../test/support/world.ts';
import { newId } from '../ids.ts';
import { StillAllowed, type Reader } from './still-allowed.ts';

describe('StillAllowed', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  async function anAdviser(): Promise<Reader> {
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
    const client = await anOrganisation(api);
    await anEngagement(api, client, firm);
    const personId = await aMember(api, firm, ['firm.lead'], 'Lea');
    await api.signIn(personId);
    const [session] = await api.admin<{ id: string }>(
      'select id from app.session where person_id = $1',
      [personId],
    );
    return {
      organisationId: client.id,
      organisationSlug: client.slug,
      personId,
      sessionId: session!.id,
    };
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
    [
      'nobody used it for an hour',
      `update app.session set last_seen_at = now() - interval '1 hour'`,
    ],
  ])('lets an adviser’s stream go on until %s', async (_, change) => {
    const ctx = await anAdviser();
    const stillAllowed = api.app.get(StillAllowed);
    expect(await stillAllowed.hasAccess(ctx)).toBe(true);
    await api.admin(change);
    expect(await stillAllowed.hasAccess(ctx)).toBe(false);
  });

  it.each([
    ['it is revoked', 'update app.service_token set revoked_at = now()'],
    ['it has expired', 'update app.service_token set expires_at = now()'],
  ])('lets a token’s stream go on until %s', async (_, change) => {
    const client = await anOrganisation(api);
    const [personId, manager] = [newId(), await aMember(api, client, ['client.aims_manager'])];
    await api.admin(`insert into app.person (id, kind, name) values ($1, 'service', 'CI')`, [
      personId,
    ]);
    await api.admin(
      `insert into app.service_token
         (organisation_id, id, person_id, scopes, token_hash, created_by, expires_at)
       values ($1, $2, $3, '{ai-systems:read}', $4, $5, now() + interval '1 day')`,
      [client.id, newId(), personId, Buffer.from(personId), manager],
    );
    const reader = {
      ...{ organisationId: client.id, organisationSlug: client.slug },
      ...{ personId, sessionId: null },
    };
    const stillAllowed = api.app.get(StillAllowed);
    expect(await stillAllowed.hasAccess(reader)).toBe(true);
    await api.admin(change);
    expect(await stillAllowed.hasAccess(reader)).toBe(false);
  });
});
