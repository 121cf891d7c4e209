import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../../test/support/world.ts';
import { OrderlyStop } from './orderly-stop.ts';

describe('an http process that is told to stop', () => {
  let api: TestApi;
  let stopped: Promise<void> | null = null;

  beforeEach(async () => {
    stopped = null;
    api = await startTestApi();
  });
  afterEach(() => stopped ?? api.close());

  it('closes each connection with its next answer, so that a busy one is not kept for ever', async () => {
    const address = await api.listen();
    const connection = async () => (await fetch(`${address}/livez`)).headers.get('connection');
    expect(await connection()).toBe('keep-alive');
    api.app.get(OrderlyStop, { strict: false }).beforeApplicationShutdown();
    expect(await connection()).toBe('close');
  });

  it('ends its streams, and connections that ask again and again', async () => {
    const ours = await anOrganisation(api);
    const secret = randomBytes(32).toString('base64url');
    await api.admin(
      `insert into app.session (id, person_id, token_hash, expires_at)
       values ($1, $2, $3, now() + interval '1 hour')`,
      [randomUUID(), await aMember(api, ours, ['client.staff']), sha256(secret)],
    );
    const address = await api.listen();
    const stream = await fetch(`${address}/api/organisations/${ours.slug}/stream`, {
      headers: { cookie: `plumbline=${secret}` },
    });
    expect(stream.status).toBe(200);

    let answers = 0;
    const asking = Array.from({ length: 4 }, async () => {
      for (;;) {
        // Refused once nobody listens any more.
        const answer = await fetch(`${address}/livez`).catch(() => null);
        if (!answer) return;
        await answer.text().catch(() => undefined);
        answers += 1;
      }
    });
    while (answers < 8) await new Promise(setImmediate);
    stopped = api.close();
    await stopped;
    await Promise.all(asking);
    // It came to its end, and was not cut off.
    await stream.text();
  }, 15_000);
});

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
