import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation } from '../../test/support/world.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { ANYWHERE } from '../platform/request-context.ts';
import { Acceptance, Accounts } from './index.ts';
import { Passwords } from './passwords.ts';

const GOOD = 'ladder violet seventeen kettle';

describe('a password that somebody wants to enter with', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const check = (password: string, email = 'una@quay.example') =>
    api.app
      .get(Acceptance, { strict: false })
      .requireUsable({ email, name: 'Una Quist', organisationName: 'Quay', password }, 'here');

  it('may be a good one where there is no account yet', async () => {
    await expect(check(GOOD)).resolves.toBeUndefined();
  });

  it.each([
    ['too short', 'short'],
    ['well known', 'password password'],
    ['made of their name', 'una quist una quist quist'],
  ])('is refused when it is %s, and nothing is made', async (_, password) => {
    await expect(check(password)).rejects.toMatchObject({ code: 'invalid' });
    const people = await api.admin('select 1 from app.person where email = $1', [
      'una@quay.example',
    ]);
    expect(people).toEqual([]);
  });

  it('must be the account’s own where there is one', async () => {
    const personId = await aMember(api, await anOrganisation(api), ['client.staff']);
    const [passwords, accounts] = [
      api.app.get(Passwords, { strict: false }),
      api.app.get(Accounts, { strict: false }),
    ];
    const hash = await passwords.hash(GOOD);
    await api.app
      .get(TenantDatabase)
      .transaction(ANYWHERE, (tx) => accounts.setPassword(tx, personId, hash));
    const email = `${personId}@example.org`;
    await expect(check(GOOD, email)).resolves.toBeUndefined();
    await expect(check(`${GOOD} not`, email)).rejects.toMatchObject({ code: 'wrong-credentials' });
  });
});
