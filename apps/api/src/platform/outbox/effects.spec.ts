import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { newId } from '../ids.ts';
import { Effects } from './effects.ts';

describe('effects on the outside', () => {
  let database: TestDatabase;
  let tenants: TenantDatabase;
  let effects: Effects;

  beforeAll(async () => {
    database = await createTestDatabase();
    tenants = new TenantDatabase(database.configurationOf('worker'));
    effects = new Effects(tenants);
  });
  afterAll(async () => {
    await tenants.onApplicationShutdown();
    await database.drop();
  });

  const anEffect = () => {
    const effect = { organisationId: newId(), id: newId(), kind: 'mail' } as const;
    let done = 0;
    const act = () => {
      done += 1;
      return Promise.resolve();
    };
    return { effect, act, done: () => done };
  };
  const rowOf = async (id: string) => {
    const [row] = await database.admin<{ status: string; attempts: number; last_error: string }>(
      'select status, attempts, last_error from app.effect where id = $1',
      [id],
    );
    return row!;
  };
  /** What is left when the process dies between doing it and noting it. */
  const die = (id: string) =>
    database.admin(`update app.effect set status = 'begun', done_at = null where id = $1`, [id]);

  it('happen once, however often they are asked for', async () => {
    const { effect, act, done } = anEffect();
    expect(await effects.once(effect, act)).toBe(true);
    expect(await effects.once(effect, act)).toBe(false);
    expect(done()).toBe(1);
    expect(await rowOf(effect.id)).toMatchObject({ status: 'done', attempts: 1 });
  });

  it('are tried again after a failure, with what went wrong on record', async () => {
    const { effect, act, done } = anEffect();
    const broken = () => Promise.reject(new Error('550 no such mailbox'));
    await expect(effects.once(effect, broken)).rejects.toThrow('550');
    expect(await rowOf(effect.id)).toMatchObject({
      ...{ status: 'failed', attempts: 1, last_error: '550 no such mailbox' },
    });
    expect(await effects.once(effect, act)).toBe(true);
    expect(done()).toBe(1);
    expect(await rowOf(effect.id)).toMatchObject({ status: 'done', attempts: 2 });
  });

  it('happen at most twice when workers die before noting that they happened', async () => {
    const { effect, act, done } = anEffect();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await effects.once(effect, act);
      if (done() === attempt + 1) await die(effect.id);
    }
    expect(done()).toBe(2);
    expect(await rowOf(effect.id)).toMatchObject({ status: 'begun', attempts: 2 });
  });

  it('of two organisations do not know each other', async () => {
    const { effect, act, done } = anEffect();
    await effects.once(effect, act);
    expect(await effects.once({ ...effect, organisationId: newId() }, act)).toBe(true);
    expect(done()).toBe(2);
  });
});
