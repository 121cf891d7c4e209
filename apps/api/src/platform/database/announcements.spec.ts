import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../../../test/support/test-api.ts';
import { Announcements, type Announcement } from './announcements.ts';
import { StatementNames } from './statement-names.ts';
import { TenantDatabase } from './tenant-database.ts';

const live = (payload: string): Announcement => ({ channel: 'live', payload });

describe('announcements', () => {
  it('go out in bursts, the same thing once', async () => {
    const sent: string[][] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const announcements = new Announcements(
      async (batch) => {
        sent.push(batch.map(({ payload }) => payload));
        if (sent.length === 1) await held;
      },
      () => undefined,
    );
    announcements.say([live('a')]);
    announcements.say([live('b'), live('c')]);
    announcements.say([live('b')]);
    release();
    await announcements.said();
    expect(sent).toEqual([['a'], ['b', 'c']]);
  });

  it('that cannot be sent are told of, and the next ones go out', async () => {
    const lost: unknown[] = [];
    const sent: string[] = [];
    const announcements = new Announcements(
      ([first]) => {
        if (first?.payload === 'lost') return Promise.reject(new Error('the connection is gone'));
        sent.push(first?.payload ?? '');
        return Promise.resolve();
      },
      (cause) => lost.push(cause),
    );
    announcements.say([live('lost')]);
    await announcements.said();
    announcements.say([live('next')]);
    await announcements.said();
    expect(lost).toHaveLength(1);
    expect(sent).toEqual(['next']);
  });
});

describe('what a transaction announces', () => {
  let api: TestApi;
  let database: TenantDatabase;

  beforeAll(async () => {
    api = await startTestApi();
    database = api.app.get(TenantDatabase);
  });
  afterAll(() => api.close());

  it('is heard when it is committed, and never when it is not', async () => {
    const heard: string[] = [];
    let all = (): void => undefined;
    const both = new Promise<void>((resolve) => (all = resolve));
    const stop = await database.listen('record', (payload) => {
      heard.push(payload);
      if (payload === 'second') all();
    });
    const nowhere = { organisationId: null, personId: null };
    await database.transaction(nowhere, (tx) => {
      tx.announce('record', 'first');
      return Promise.resolve();
    });
    await expect(
      database.transaction(nowhere, (tx) => {
        tx.announce('record', 'taken back');
        return Promise.reject(new Error('no'));
      }),
    ).rejects.toThrow('no');
    await database.transaction(nowhere, (tx) => {
      tx.announce('record', 'second');
      return Promise.resolve();
    });
    await both;
    await stop();
    expect(heard).toEqual(['first', 'second']);
  });
});

describe('names of statements', () => {
  it('are given to what comes often, the same text the same name', () => {
    const [names, others] = [new StatementNames(), new StatementNames()];
    const of = (text: string, by = names) => [1, 2, 3, 4].map(() => by.of(text));
    expect(of('select 1')).toEqual([
      undefined,
      undefined,
      ...Array(2).fill(expect.stringMatching(/^s-/)),
    ]);
    expect(names.of('select 1')).toBe(of('select 1', others)[3]);
    expect(of('select 2')[3]).not.toBe(names.of('select 1'));
  });

  it('are not given without end', () => {
    const names = new StatementNames();
    for (let at = 0; at < 3000; at += 1) names.of(`select ${at}`);
    expect([1, 2, 3, 4].map(() => names.of('select 2999'))).toEqual(Array(4).fill(undefined));
  });
});
