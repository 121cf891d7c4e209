import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { DemoOrganisations } from './demo-organisations.ts';
import { DemoPeople } from './demo-people.ts';
import { stories } from './stories.data.ts';
import { Storyteller } from './storyteller.ts';

/** What `npm start` shows to a newcomer, made through the same services that people use. */
@Injectable()
export class Demo {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(DemoOrganisations) private readonly organisations: DemoOrganisations,
    @Inject(DemoPeople) private readonly people: DemoPeople,
    @Inject(Storyteller) private readonly teller: Storyteller,
  ) {}

  /** Seeds what is missing: the organisations, then each story that has not been told. */
  async seed(): Promise<void> {
    await this.organisations.seed();
    for (const story of stories) {
      if (!(await this.isTold(story.client, story.name))) await this.teller.tell(story);
    }
  }

  private async isTold(client: string, name: string): Promise<boolean> {
    const { contexts } = await this.people.castOf(client);
    const [anybody] = contexts;
    if (!anybody) throw new Error(`The demo has nobody at ${client}.`);
    const found = await this.database.transaction(anybody, (tx) =>
      tx.maybe(sql`
        select 1 from app.ai_system
        where organisation_id = ${anybody.organisationId} and name = ${name}`),
    );
    return found !== null;
  }
}
