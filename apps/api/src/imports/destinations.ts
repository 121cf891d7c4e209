import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import type { InOrganisation } from '../ai-systems/index.ts';
import type { Clients } from '../organisations/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { comparable } from './targets.ts';

/** An organisation that rows go to; `id` is null while a check only plans to make it. */
export interface Destination {
  readonly id: string | null;
  readonly name: string;
}

/** Why a row has no destination. */
export class NoDestination extends Error {
  constructor(
    message: string,
    readonly cure: string,
  ) {
    super(message);
  }
}

interface Standing {
  kind: 'firm' | 'client';
  name: string;
  slug: string;
  member_roles: string[];
  relation: 'member' | 'adviser';
}

/** The organisations that one import may write to, by the names that its file uses for them. */
export class Destinations {
  private readonly byName = new Map<string, Destination>();
  private readonly closed = new Set<string>();
  private readonly made: string[] = [];
  /** What rows went to, apart from clients that this import has made. */
  private readonly used = new Set<string>();
  private standing!: Standing;

  private constructor(
    private readonly tx: Tx,
    private readonly home: InOrganisation,
    private readonly clients: Clients,
    private readonly wish: { readonly create: boolean; readonly dryRun: boolean },
  ) {}

  /** Finds out where the person of the transaction may import to. Null: they may not import here now. */
  static async open(
    tx: Tx,
    home: InOrganisation,
    clients: Clients,
    wish: { readonly create: boolean; readonly dryRun: boolean },
  ): Promise<Destinations | null> {
    const destinations = new Destinations(tx, home, clients, wish);
    return (await destinations.load()) ? destinations : null;
  }

  /** The names of the clients that this import makes, in the order of the file. */
  get newOrganisations(): readonly string[] {
    return this.made;
  }

  /** Where a row with this organisation name goes; an empty name is home. Throws NoDestination. */
  async find(name: string): Promise<Destination> {
    if (name === '') return this.withoutName();
    const known = this.byName.get(comparable(name));
    if (known) {
      if (known.id !== null && !this.made.includes(known.name)) this.used.add(known.id);
      return known;
    }
    if (this.closed.has(comparable(name))) {
      throw new NoDestination(
        `You may not change “${name}”.`,
        'Ask the client for access, or somebody at your firm who prepares its work.',
      );
    }
    if (this.standing.kind === 'client') {
      throw new NoDestination(
        `“${name}” is not this organisation.`,
        'Import the rows of other organisations there, or add the name to the aliases of this one.',
      );
    }
    if (!this.wish.create) {
      throw new NoDestination(
        `No client is called “${name}”.`,
        'Correct the name, add it to a client’s aliases, or allow the import to add clients.',
      );
    }
    return this.make(name);
  }

  /** Whether the person may still write to all that rows went to: access can end meanwhile. */
  async areStillOpen(): Promise<boolean> {
    await this.tx.enter(this.home);
    const now = await Destinations.open(this.tx, this.home, this.clients, this.wish);
    const open = new Set([...(now?.byName.values() ?? [])].map(({ id }) => id));
    return now !== null && [...this.used].every((id) => open.has(id));
  }

  private withoutName(): Destination {
    if (this.standing.kind === 'client') {
      this.used.add(this.home.organisationId);
      return { id: this.home.organisationId, name: this.standing.name };
    }
    throw new NoDestination(
      'This row names no client.',
      'Write the client’s name in the row, or delete the row.',
    );
  }

  private async make(name: string): Promise<Destination> {
    if (!abilityFor(this.asMember()).can('create', 'Organisation')) {
      throw new NoDestination(
        `No client is called “${name}”, and you may not add clients.`,
        'Ask somebody who may, or correct the name.',
      );
    }
    this.made.push(name);
    const id = this.wish.dryRun ? null : await this.create(name);
    const destination = { id, name };
    this.byName.set(comparable(name), destination);
    return destination;
  }

  private async create(name: string): Promise<string> {
    await this.tx.enter(this.home);
    const client = await this.clients.create(this.tx, this.home, {
      ...{
        name,
        headcount: null,
        timeZone: 'Europe/London',
        holidayCalendar: 'custom' as const,
        scopeStatement: '',
      },
      ...{ aiRoles: [], firstMember: null },
    });
    return client.id;
  }

  private async load(): Promise<boolean> {
    const [standing] = await this.tx.query<Standing>(sql`
      select kind, name, slug, member_roles, relation from app.my_organisations()
      where organisation_id = ${this.home.organisationId}`);
    if (!standing) return false;
    this.standing = standing;
    const { relation, member_roles: roles } = standing;
    if (!abilityFor({ roles, relation }).can('create', 'Import')) return false;
    if (standing.kind === 'client') await this.addSelf(standing);
    else await this.addClients();
    return true;
  }

  private async addSelf({ name, slug }: Standing): Promise<void> {
    const { aliases } = await this.tx.one<{ aliases: string[] }>(
      sql`select aliases from app.organisation where id = ${this.home.organisationId}`,
    );
    for (const called of [name, slug, ...aliases]) {
      this.byName.set(comparable(called), { id: this.home.organisationId, name });
    }
  }

  private async addClients(): Promise<void> {
    const mayPrepare = abilityFor({ ...this.asMember(), relation: 'adviser' }).can(
      'create',
      'Import',
    );
    for (const { id, name, slug, aliases, open } of await this.clients.known(this.tx)) {
      for (const called of [name, slug, ...aliases]) {
        if (open && mayPrepare) this.byName.set(comparable(called), { id, name });
        else this.closed.add(comparable(called));
      }
    }
  }

  private asMember() {
    return { roles: this.standing.member_roles, relation: 'member' as const };
  }
}
