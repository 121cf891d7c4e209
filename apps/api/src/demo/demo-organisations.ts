import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Engagements } from '../engagements/index.ts';
import type { InOrganisation } from '../members/index.ts';
import { Organisations } from '../organisations/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { ANYWHERE } from '../platform/request-context.ts';
import { Hiring } from './hiring.ts';
import { DEMO_CLIENTS, DEMO_FIRM, type DemoClient, type DemoOrganisation } from './people.data.ts';

/** Days that the demo's engagements run. */
const ENGAGED_DAYS = 730;

/** The firm of the demo, its clients, everybody in them, and the access that clients gave. */
@Injectable()
export class DemoOrganisations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Engagements) private readonly engagements: Engagements,
    @Inject(Hiring) private readonly hiring: Hiring,
  ) {}

  /** Creates all of it at once, or nothing when it is there already. */
  async seed(): Promise<boolean> {
    return this.database.transaction(ANYWHERE, async (tx) => {
      const there = await tx.maybe(sql`select id from app.find_firm(${DEMO_FIRM.slug})`);
      if (there) return false;
      const passwordHash = await this.hiring.hashPassword();
      const firm = await this.create(tx, 'firm', DEMO_FIRM);
      const advisers = await this.hiring.hire(tx, firm, DEMO_FIRM.people, passwordHash);
      for (const client of DEMO_CLIENTS) {
        const scope = await this.create(tx, 'client', client);
        const people = await this.hiring.hire(tx, scope, client.people, passwordHash);
        await this.letIn(
          tx,
          { ...scope, personId: people.get(client.grantedBy)! },
          client,
          advisers,
        );
      }
      return true;
    });
  }

  private async create(
    tx: Tx,
    kind: 'firm' | 'client',
    { people: _, ...about }: DemoOrganisation,
  ): Promise<InOrganisation> {
    const { id } = await this.organisations.create(tx, null, {
      kind,
      slug: about.slug,
      name: about.name,
      headcount: about.headcount,
      timeZone: 'Europe/London',
      holidayCalendar: 'england-and-wales',
      scopeStatement: about.scopeStatement,
      aiRoles: about.aiRoles,
    });
    return { organisationId: id, personId: null };
  }

  private async letIn(
    tx: Tx,
    scope: InOrganisation,
    client: DemoClient,
    advisers: ReadonlyMap<string, string>,
  ): Promise<void> {
    await tx.enter(scope);
    const now = await tx.now();
    await this.engagements.open(tx, scope, {
      firm: DEMO_FIRM.slug,
      scope: client.engagement,
      people: client.advisers && client.advisers.map((name) => advisers.get(name)!),
      validTo: new Date(now.getTime() + ENGAGED_DAYS * 86_400_000).toISOString(),
    });
  }
}
