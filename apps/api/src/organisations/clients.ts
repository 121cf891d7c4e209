import { Inject, Injectable } from '@nestjs/common';
import type {
  ClientOfFirm,
  ClientsOfFirm,
  CreateClient,
  InviteFirstMember,
  Organisation,
} from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { Engagements, statusOf } from '../engagements/index.ts';
import { Invitations, type InOrganisation } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Conflict, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Organisations, type OrganisationName } from './organisations.ts';

/** A client as its firm knows it: also what imports match names against. */
export interface KnownClient extends OrganisationName {
  /** Other names under which imports mention it. */
  readonly aliases: readonly string[];
  /** Whether the person of the transaction may enter it now. */
  readonly open: boolean;
}

interface ClientRow {
  id: string;
  slug: string;
  name: string;
  mark_text: string;
  mark_plate: number;
  aliases: string[];
  engagement_id: string;
  basis: 'set-up' | 'granted';
  valid_from: Date;
  valid_to: Date;
  revoked_at: Date | null;
  open: boolean;
  without_people: boolean;
  now: Date;
}

/** What the first person at a client is: whoever runs its AI management system. */
const FIRST_ROLES = ['client.aims_manager'];

/** The clients of a firm. */
@Injectable()
export class Clients {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Engagements) private readonly engagements: Engagements,
    @Inject(Invitations) private readonly invitations: Invitations,
  ) {}

  /** Every client that let the firm in, now or before, by name. */
  list(ctx: RequestContext): Promise<ClientsOfFirm> {
    return this.database.transaction(ctx, async (tx) => ({
      clients: (await this.rows(tx)).map(toClient),
    }));
  }

  /** The same for other capabilities, in a transaction of the firm. */
  known(tx: Tx): Promise<KnownClient[]> {
    return this.rows(tx);
  }

  /** Adds a client and invites its first person, if one is named. */
  async add(ctx: RequestContext, input: CreateClient): Promise<Organisation> {
    const client = await this.database.transaction(ctx, (tx) => this.create(tx, ctx, input));
    return this.organisations.get({ ...ctx, organisationId: client.id });
  }

  /**
   * Adds a client of the firm `firm`, in its transaction and back in it afterwards. The firm gets a
   * set-up engagement.
   */
  async create(tx: Tx, firm: InOrganisation, input: CreateClient): Promise<OrganisationName> {
    await this.refuseNonFirm(tx, firm);
    const { firstMember, ...about } = input;
    const client = await this.organisations.create(tx, firm.personId, { kind: 'client', ...about });
    const inClient = { organisationId: client.id, personId: firm.personId };
    await this.engagements.setUp(tx, inClient, firm.organisationId);
    if (firstMember) await this.inviteFirst(tx, inClient, firstMember);
    await tx.enter(firm);
    await recordEvent(tx, firm, {
      action: 'client.added',
      entity: 'organisation',
      entityId: client.id,
      payload: { name: client.name, slug: client.slug },
    });
    return client;
  }

  /** Invites the first person to a client that the firm set up and where nobody works yet. */
  async addFirstMember(ctx: RequestContext, id: string, input: InviteFirstMember): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const client = (await this.rows(tx)).find((one) => one.id === id);
      if (!client) throw new NotFound();
      if (!client.without_people || !client.open || client.basis !== 'set-up') {
        throw new Conflict(
          'client-has-people',
          'People of this client manage their members themselves. Ask one of them.',
        );
      }
      await this.inviteFirst(tx, { organisationId: id, personId: ctx.personId }, input);
    });
  }

  private async inviteFirst(tx: Tx, inClient: InOrganisation, person: InviteFirstMember) {
    await tx.enter(inClient);
    await this.invitations.add(tx, inClient, { ...person, roles: FIRST_ROLES, validTo: null });
  }

  private async refuseNonFirm(tx: Tx, { organisationId }: InOrganisation): Promise<void> {
    await tx.one(
      sql`select id from app.organisation where id = ${organisationId} and kind = 'firm'`,
    );
  }

  private rows(tx: Tx): Promise<ClientRow[]> {
    return tx.query<ClientRow>(
      sql`select c.*, now() as now from app.my_clients() c order by c.name, c.id`,
    );
  }
}

const toClient = (row: ClientRow): ClientOfFirm => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  mark: { text: row.mark_text, plate: row.mark_plate },
  engagement: {
    id: row.engagement_id,
    basis: row.basis,
    status: statusOf(
      { from: row.valid_from, to: row.valid_to, revokedAt: row.revoked_at },
      row.now,
    ),
    validTo: row.valid_to.toISOString(),
  },
  open: row.open,
  withoutPeople: row.without_people,
});
