import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLIENT_ROLES } from '@plumbline/policies';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anEngagement, anOrganisation } from '../../test/support/world.ts';
import { stories, Storyteller } from './index.ts';

interface Told {
  name: string;
  stage: string;
  tier: string | null;
  waiting: string[];
}

describe('the demo’s stories', () => {
  let api: TestApi;
  let told: Told[];

  beforeAll(async () => {
    api = await startTestApi();
    const firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour' });
    await aMember(api, firm, ['firm.consultant'], 'Ana Ruiz');
    for (const slug of new Set(stories.map(({ client }) => client))) {
      const client = await anOrganisation(api, { name: slug });
      await api.admin('update app.organisation set slug = $1 where id = $2', [slug, client.id]);
      await anEngagement(api, client, firm);
      for (const role of [...CLIENT_ROLES, 'client.approver'] as const)
        await aMember(api, client, [role], role);
    }
    const teller = api.app.get(Storyteller, { strict: false });
    for (const story of stories) await teller.tell(story);
    told = await api.admin<Told & { waiting: string[] }>(`
      select s.name, s.stage, s.tier,
        coalesce(array_agg(distinct r.workflow_key || '/' || t.step)
                 filter (where t.status = 'open'), '{}') as waiting
      from app.ai_system s
      left join app.run r on r.organisation_id = s.organisation_id and r.ai_system_id = s.id
      left join app.task t on t.organisation_id = r.organisation_id and t.run_id = r.id
      group by s.organisation_id, s.id, s.name, s.stage, s.tier`);
  }, 120_000);
  afterAll(() => api.close());

  it.each(stories.map((story) => [story.name, story] as const))(
    'end as told: %s',
    (name, story) => {
      const { stage, waiting } = told.find((row) => row.name === name)!;
      for (const step of story.stopsAt.filter((at) => !at.startsWith('WF-TREATMENT')))
        expect(waiting).toContain(step);
      if (story.stopsAt.length === 0) expect(stage).toBe('live');
    },
  );

  it('leave no answer to chance', async () => {
    const made = await api.admin(
      `select event from app.run_event where event::text ~ '"Sample"|person-1|evidence-1'`,
    );
    expect(made).toEqual([]);
  });
});
