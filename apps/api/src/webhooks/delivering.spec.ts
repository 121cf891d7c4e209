import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WebhookLab } from '../../test/support/webhook-lab.ts';
import { WebhookAttempts } from './attempts.ts';
import { WAITS } from './schedule.ts';
import { signedHeaders } from './signing.ts';

jest.setTimeout(60_000);

const ANSWERED = { kind: 'answered', status: 200, excerpt: '', retryAfter: null } as const;

describe('delivering events', () => {
  let first: WebhookLab;
  let lab: WebhookLab;

  beforeAll(async () => {
    first = await WebhookLab.open();
  });
  beforeEach(async () => {
    lab = await first.anew();
  });
  afterAll(() => first.close());

  const signaturesOf = (headers: Record<string, unknown>): string[] =>
    String(headers['webhook-signature']).split(' ');
  /** What a receiver that knows `secret` computes for the call it got. */
  const expected = (secret: string, n = 0): string => {
    const { headers, body } = lab.receiver.calls[n]!;
    const signed = {
      id: String(headers['webhook-id']),
      timestamp: Number(headers['webhook-timestamp']),
      body,
    };
    return signedHeaders(signed, [secret])['webhook-signature']!;
  };
  const notices = async () =>
    lab.api.admin<{ text: string; path: string; person_id: string }>(
      'select text, path, person_id from app.notification where organisation_id = $1',
      [lab.here.id],
    );
  const failingFor = (id: string, days: number) =>
    lab.api.admin(
      `update app.webhook set failing_since = now() - make_interval(days => $2) where id = $1`,
      [id, days],
    );

  it('signs what it sends, tells the time, and keeps how it went', async () => {
    const { id, secret } = await lab.create();
    const deliveryId = await lab.test(id);
    await lab.deliver();
    const [call] = lab.receiver.calls;
    expect(call).toMatchObject({ path: '/in' });
    expect(call!.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Plumbline-Webhooks/1',
    });
    const age = Date.now() / 1000 - Number(call!.headers['webhook-timestamp']);
    expect(Math.abs(age)).toBeLessThan(300);
    expect(signaturesOf(call!.headers)).toEqual([expected(secret)]);
    const [delivery] = await lab.deliveries(id);
    expect(delivery).toMatchObject({
      ...{ id: deliveryId, state: 'delivered', attempts: 1, nextAt: null, body: call!.body },
      ...{ eventId: call!.headers['webhook-id'], gaveUp: null },
      made: [{ n: 1, outcome: 'delivered', status: 204 }],
    });
    expect(await lab.read(id)).toMatchObject({
      ...{ failingSince: null, deliveries: { delivered: 1, pending: 0, failed: 0 } },
    });
    expect((await lab.read(id)).lastDeliveredAt).not.toBeNull();
  });

  it('signs with both secrets for a day after one was rolled, and then with the new one alone', async () => {
    const { id, secret } = await lab.create();
    const { body } = await lab.manager.post(lab.at(`/${id}/secret`)).expect(200);
    const rolled = (body as { secret: string }).secret;
    await lab.test(id);
    await lab.deliver();
    expect(signaturesOf(lab.receiver.calls[0]!.headers)).toEqual([
      expected(rolled),
      expected(secret),
    ]);
    await lab.api.admin('update app.webhook set old_secret_until = now() where id = $1', [id]);
    await lab.test(id);
    await lab.deliver();
    expect(signaturesOf(lab.receiver.calls[1]!.headers)).toEqual([expected(rolled, 1)]);
  });

  it('makes one call however often and however many at once are woken', async () => {
    const { id } = await lab.create();
    await lab.test(id);
    const [message] = await lab.due();
    await Promise.all([1, 2, 3, 4].map(() => lab.wake(message!)));
    await lab.wake(message!);
    expect(lab.receiver.calls).toHaveLength(1);
    const effects = await lab.api.admin(
      `select kind, status, attempts from app.effect where organisation_id = $1 and id = $2`,
      [lab.here.id, message!.id],
    );
    expect(effects).toEqual([{ kind: 'webhook', status: 'done', attempts: 1 }]);
    expect((await lab.deliveries(id))[0]!.made).toHaveLength(1);
  });

  it('counts an attempt once, also when a worker that stood still reports it late', async () => {
    const { id } = await lab.create();
    const delivery = await lab.test(id);
    const [message] = await lab.due();
    const attempt = { message: message!, delivery, turn: 1, webhook: id };
    const made = { at: new Date(), milliseconds: 1, end: ANSWERED };
    const attempts = lab.api.app.get(WebhookAttempts, { strict: false });
    await Promise.all([1, 2, 3].map(() => attempts.keep(attempt, made)));
    expect((await lab.deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('calls at most twice when workers die in the middle, and then counts it as a failure', async () => {
    const { id } = await lab.create();
    const delivery = await lab.test(id);
    await lab.api.admin('update app.webhook_delivery set tries = 0 where id = $1', [delivery]);
    const [message] = await lab.due();
    for (let died = 1; died <= 2; died += 1) {
      await lab.api.admin(
        `insert into app.effect (organisation_id, id, kind, status, attempts, unknown_ends, begun_at)
         values ($1, $2, 'webhook', 'begun', $3, $3 - 1, now())
         on conflict (organisation_id, id) do update set attempts = $3, unknown_ends = $3 - 1`,
        [lab.here.id, message!.id, died],
      );
    }
    await lab.wake(message!);
    expect(lab.receiver.calls).toHaveLength(0);
    const [after] = await lab.deliveries(id);
    expect(after).toMatchObject({ state: 'pending', made: [{ outcome: 'unknown', status: null }] });
    await lab.deliver('ever');
    expect((await lab.deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  it('tries what failed again and again under the same id, until it arrives', async () => {
    const { id } = await lab.create();
    await lab.start();
    await lab.readRecord();
    const statuses = [500, 307, 204];
    const [message, ...others] = await lab.due();
    expect(others).toHaveLength(1);
    lab.receiver.answer = () => statuses.shift()!;
    await lab.wake(message!);
    const delivery = async () => (await lab.deliveries(id)).find(({ attempts }) => attempts > 0)!;
    expect(await delivery()).toMatchObject({
      state: 'pending',
      made: [{ outcome: 'answered', status: 500, excerpt: 'status 500' }],
    });
    expect((await lab.read(id)).failingSince).not.toBeNull();
    const wait = Date.parse((await delivery()).nextAt!) - Date.parse((await delivery()).last!.at);
    expect(wait).toBeGreaterThanOrEqual(WAITS[0] * 1000);
    const again = async () => {
      const planned = await lab.due('ever');
      await lab.wake(planned.find(({ id: one }) => one !== others[0]!.id)!);
    };
    await again();
    await again();
    expect(await delivery()).toMatchObject({ state: 'delivered', attempts: 3, nextAt: null });
    expect(new Set(lab.receiver.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await lab.read(id)).failingSince).toBeNull();
  });

  it('gives up after the last attempt of the schedule, and tries once more when asked', async () => {
    const { id } = await lab.create();
    const delivery = await lab.test(id);
    await lab.api.admin('update app.webhook_delivery set tries = 0 where id = $1', [delivery]);
    lab.receiver.answer = () => 503;
    for (let n = 0; n <= WAITS.length; n += 1) await lab.deliver('ever');
    expect((await lab.deliveries(id))[0]).toMatchObject({
      ...{ state: 'failed', attempts: WAITS.length + 1, gaveUp: 'tried-enough', nextAt: null },
    });
    expect(await lab.due('ever')).toEqual([]);
    await lab.resend(id, delivery);
    expect((await lab.deliveries(id))[0]).toMatchObject({ state: 'pending', gaveUp: null });
    await lab.deliver();
    expect((await lab.deliveries(id))[0]).toMatchObject({ state: 'failed' });
    expect(await lab.due('ever')).toEqual([]);
    lab.receiver.answer = () => 200;
    await lab.resend(id, delivery);
    await lab.deliver();
    expect((await lab.deliveries(id))[0]).toMatchObject({ state: 'delivered' });
  });

  it('lets a resend take the place of the planned attempt', async () => {
    const { id } = await lab.create();
    const delivery = await lab.test(id);
    await lab.resend(id, delivery);
    await lab.resend(id, delivery);
    expect(await lab.due()).toHaveLength(3);
    await lab.deliver();
    expect(lab.receiver.calls).toHaveLength(1);
    // One that has arrived stays so, whatever becomes of it when it is sent again.
    lab.receiver.answer = () => 500;
    await lab.resend(id, delivery);
    await lab.deliver();
    expect((await lab.deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  it('switches an endpoint off that says it is gone, and tells those who manage it', async () => {
    const { id } = await lab.create();
    await lab.test(id);
    lab.receiver.answer = () => 410;
    await lab.deliver();
    expect((await lab.read(id)).off).toMatchObject({ why: 'gone' });
    const told = await notices();
    expect(told).toMatchObject([
      { person_id: lab.manager.personId, path: `/c/${lab.here.slug}/webhooks/${id}` },
    ]);
    expect(told[0]!.text).toContain('127.0.0.1');
  });

  it('switches an endpoint off after three days of failure, not before', async () => {
    const { id } = await lab.create();
    lab.receiver.answer = () => 500;
    await lab.test(id);
    await lab.deliver();
    await failingFor(id, 2);
    await lab.test(id);
    await lab.deliver();
    expect((await lab.read(id)).off).toBeNull();
    await failingFor(id, 3);
    await lab.test(id);
    await lab.deliver();
    expect((await lab.read(id)).off).toMatchObject({ why: 'failing' });
    expect(await notices()).toHaveLength(1);
    // Switched on again it begins afresh.
    const { version } = await lab.read(id);
    await lab.manager.patch(lab.at(`/${id}`), version, { on: true }).expect(200);
    expect(await lab.read(id)).toMatchObject({ off: null, failingSince: null });
  });

  it('sends nothing to an endpoint that was switched off or removed meanwhile', async () => {
    const { id, version } = await lab.create();
    await lab.test(id);
    await lab.manager.patch(lab.at(`/${id}`), version, { on: false }).expect(200);
    expect((await lab.deliveries(id))[0]).toMatchObject({
      ...{ state: 'failed', gaveUp: 'switched-off' },
    });
    await lab.deliver('ever');
    const other = await lab.create({ url: `${lab.receiver.origin}/other` });
    await lab.test(other.id);
    await lab.manager.delete(lab.at(`/${other.id}`)).expect(204);
    await lab.deliver('ever');
    expect(lab.receiver.calls).toEqual([]);
    expect(await lab.due('ever')).toEqual([]);
  });

  it('keeps a removal that comes while a call is under way', async () => {
    const { id } = await lab.create();
    await lab.test(id);
    lab.receiver.answer = async () => {
      await lab.manager.delete(lab.at(`/${id}`)).expect(204);
      return 500;
    };
    await lab.deliver();
    expect(lab.receiver.calls).toHaveLength(1);
    expect(await lab.due('ever')).toEqual([]);
  });

  it('has a few calls to one endpoint under way at most, and comes back for the others', async () => {
    const { id } = await lab.create();
    await lab.start(6);
    await lab.readRecord();
    let open = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    lab.receiver.answer = () => {
      open += 1;
      most = Math.max(most, open);
      return new Promise((done) => {
        waiting.push(() => {
          open -= 1;
          done(204);
        });
      });
    };
    const messages = await lab.due();
    expect(messages.length).toBeGreaterThan(6);
    const work = Promise.all(messages.map((message) => lab.wake(message)));
    const postponed = async () => {
      const rows = await lab.api.admin(
        `select attempts, parked_at from app.outbox where organisation_id = $1 and run_at > now()
           and topic = 'webhook-delivery' and done_at is null`,
        [lab.here.id],
      );
      return rows;
    };
    while ((await postponed()).length < messages.length - 4) await lab.due();
    while (waiting.length < 4) await lab.due();
    waiting.forEach((done) => {
      done();
    });
    await work;
    expect(most).toBe(4);
    // Waiting is no failed try.
    expect(new Set((await postponed()).map(({ attempts }) => attempts))).toEqual(new Set([0]));
    lab.receiver.answer = () => 204;
    while ((await lab.due('ever')).length > 0) {
      await lab.deliver('ever');
    }
    expect((await lab.read(id)).deliveries.delivered).toBe(messages.length);
  });
});
