import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { homeSchema, portfolioSchema, type Portfolio, type Proposal } from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import { answerOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';

// A real database: slow where many tests run at once.
jest.setTimeout(120_000);

describe('portfolio and home', () => {
  let api: TestApi;
  let firm: TestOrganisation;
  let clients: TestOrganisation[];
  let lead: AtWork;

  const person = async (
    where: TestOrganisation,
    roles: MemberRole[],
    name?: string,
  ): Promise<AtWork> =>
    new AtWork(
      await api.signIn(await aMember(api, where, roles, name), { steppedUp: true }),
      where,
    );
  const propose = async (who: AtWork, name: string): Promise<Proposal> =>
    (await who.client.post(who.path('proposals'), { name }).expect(201)).body as Proposal;
  const portfolio = async (who = lead, query = ''): Promise<Portfolio> =>
    answerOf(portfolioSchema, await who.client.get(who.path(`portfolio${query}`)).expect(200));
  const names = ({ items }: Portfolio) => items.map(({ name }) => name);

  beforeAll(async () => {
    api = await startTestApi();
    firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
    clients = [];
    for (const name of ['Alder', 'Birch', 'Cedar', 'Denied'])
      clients.push(await anOrganisation(api, { name }));
    lead = await person(firm, ['firm.lead'], 'Lee Harbour');
    for (const client of clients.slice(0, 3)) await anEngagement(api, client, firm);
    // What the firm may not see is full of things to see.
    for (const client of [clients[1]!, clients[3]!]) {
      const staff = await person(client, ['client.staff'], 'Sam Staff');
      await propose(staff, 'Secret helper');
    }
  });
  afterAll(() => api.close());

  it('shows granted clients alone, those that need somebody first', async () => {
    const found = await portfolio();
    expect(names(found)).toEqual(['Birch', 'Alder', 'Cedar']);
    expect(found.totals).toEqual({ clients: 3, needFirm: 1, waitingOnClient: 0 });
    expect(found.items[0]).toMatchObject({
      ...{ systems: 1, live: 0, incomplete: 1, openTasks: 1, lateOurs: 0, lateTheirs: 0 },
      readiness: { total: 70, said: 0, shown: 0, checked: 0 },
      reasons: [
        {
          text: 'An AI system is incomplete.',
          path: expect.stringMatching(/^\/c\/birch-.*\/ai-systems$/),
        },
      ],
    });
    expect(found.items[0]!.lastActivityAt).not.toBeNull();
    expect(found.items[1]).toMatchObject({ systems: 0, lastActivityAt: null, reasons: [] });
    expect(JSON.stringify(found)).not.toMatch(/Secret|Denied|Sam Staff/);
  });

  it('reckons readiness anew as soon as something has happened, and for that client alone', async () => {
    const before = await portfolio(lead, '?sort=name');
    expect(before.items.map(({ readiness }) => readiness.shown)).toEqual([0, 0, 0]);
    const staff = await person(clients[2]!, ['client.aims_manager']);
    await staff.client
      .post(staff.path('evidence'), {
        ...{ shows: 'Minutes', link: 'https://example.org/m', requirements: '6.1.2, A.5.2' },
      })
      .expect(201);
    const after = await portfolio(lead, '?sort=name');
    expect(after.items.map(({ readiness }) => readiness.shown)).toEqual([0, 0, 2]);
    expect(await portfolio(lead, '?sort=name')).toEqual(after);
  });

  it('tells lateness apart: ours and theirs', async () => {
    const [row] = await api.admin<{ id: string }>(
      `update app.task set due_at = now() - interval '1 day' where organisation_id = $1 returning id`,
      [clients[1]!.id],
    );
    expect((await portfolio()).items[0]).toMatchObject({ lateOurs: 0, lateTheirs: 1 });
    await api.admin('update app.task set assignee = $2 where id = $1', [row!.id, lead.personId]);
    const ours = await portfolio();
    expect(ours.items[0]).toMatchObject({ lateOurs: 1, lateTheirs: 0 });
    expect(ours.items[0]!.reasons[0]!.text).toBe('A task of ours is late.');
  });

  it('searches, filters, sorts, and goes page by page', async () => {
    expect(names(await portfolio(lead, '?q=ALD'))).toEqual(['Alder']);
    expect(names(await portfolio(lead, '?needs=firm'))).toEqual(['Birch']);
    expect(names(await portfolio(lead, '?needs=client'))).toEqual([]);
    expect(names(await portfolio(lead, '?sort=name'))).toEqual(['Alder', 'Birch', 'Cedar']);
    expect(names(await portfolio(lead, '?sort=lastActivityAt'))[0]).toBe('Cedar');
    const first = await portfolio(lead, '?sort=name&limit=2');
    expect(names(first)).toEqual(['Alder', 'Birch']);
    const second = await portfolio(lead, `?sort=name&limit=2&cursor=${first.nextCursor!}`);
    expect(names(second)).toEqual(['Cedar']);
    expect(second.nextCursor).toBeNull();
    await lead.client.get(lead.path('portfolio?cursor=x')).expect(400);
  });

  it('shows nothing to whoever may not enter, and no longer after access ends', async () => {
    const other = await anOrganisation(api, { kind: 'firm', name: 'Rival' });
    const rival = await person(other, ['firm.lead']);
    expect((await portfolio(rival)).items).toEqual([]);
    await rival.client.get(lead.path('portfolio')).expect(404);
    // The firm's administrator is no adviser: clients did not let that role in.
    expect((await portfolio(await person(firm, ['firm.admin']))).items).toEqual([]);
    const client = await person(clients[0]!, ['client.aims_manager']);
    await client.client.get(client.path('portfolio')).expect(403);

    await api.admin('update app.engagement set revoked_at = now() where organisation_id = $1', [
      clients[2]!.id,
    ]);
    expect(names(await portfolio())).toEqual(['Birch', 'Alder']);
    await api.admin('update app.engagement set people = $2 where organisation_id = $1', [
      clients[0]!.id,
      [client.personId],
    ]);
    expect(names(await portfolio())).toEqual(['Birch']);
  });

  it('opens with what is next for the reader, where it stands, and the first steps', async () => {
    const home = async (who: AtWork) =>
      answerOf(homeSchema, await who.client.get(who.path('home')).expect(200));
    const ours = clients[0]!;
    const manager = await person(ours, ['client.aims_manager'], 'Priya Shah');
    const empty = await home(manager);
    expect(empty).toMatchObject({ next: [], comingUp: [], systems: { total: 0 } });
    expect(empty.readiness).toHaveLength(16);
    expect(empty.start.map(({ key, done }) => [key, done])).toEqual([
      ...[
        ['people', false],
        ['systems', false],
        ['decision', false],
      ],
      ...[
        ['monitor', false],
        ['pack', false],
      ],
    ]);

    const staff = await person(ours, ['client.staff'], 'Sam Staff');
    const { taskId, aiSystemId } = await propose(staff, 'CV Screener');
    await api.admin('update app.ai_system set next_review_on = current_date + 5 where id = $1', [
      aiSystemId,
    ]);
    const path = `/c/${ours.slug}/tasks/${taskId}`;
    const theirs = await home(staff);
    expect(theirs.next).toMatchObject([
      { text: 'Describe the use', yourTurn: true, who: null, path },
    ]);
    expect(theirs).toMatchObject({ readiness: [], comingUp: [], start: [], systems: { total: 0 } });

    const seen = await home(manager);
    expect(seen.next).toMatchObject([
      { text: 'Describe the use', yourTurn: false, who: 'Sam Staff' },
    ]);
    expect(seen.systems).toEqual({ total: 1, live: 0, incomplete: 1 });
    expect(seen.comingUp).toMatchObject([{ text: 'Review of CV Screener' }]);
    expect(seen.start.find(({ key }) => key === 'systems')!.done).toBe(true);
  });
});
