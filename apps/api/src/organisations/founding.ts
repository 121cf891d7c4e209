import { Inject, Injectable } from '@nestjs/common';
import { emailSchema, type OrganisationKind } from '@plumbline/contracts';
import type { MemberRole } from '@plumbline/policies';
import { Invitations } from '../members/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Invalid } from '../platform/problems.ts';
import { ANYWHERE } from '../platform/request-context.ts';
import { Organisations } from './organisations.ts';

/** A firm, or a client that stands alone, and the first of its people. */
export interface Founded {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly personName: string;
  readonly email: string;
}

/** What the first person is: there is nobody else yet to do the rest. */
const FIRST_ROLES: Readonly<Record<OrganisationKind, readonly MemberRole[]>> = {
  firm: ['firm.partner', 'firm.admin', 'firm.lead'],
  client: ['client.top_management', 'client.aims_manager'],
};

/** Organisations that nobody inside creates: firms, and clients without a firm. The operator does. */
@Injectable()
export class Founding {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Invitations) private readonly invitations: Invitations,
  ) {}

  /** Creates it and invites its first person; answers the link, which is mailed as well. */
  async found(input: Founded): Promise<{ slug: string; link: string }> {
    const { kind, name, personName, email } = input;
    if (!emailSchema.safeParse(email).success || !name.trim() || !personName.trim()) {
      throw new Invalid('Give a name for it, and its first person’s name and e-mail address.', []);
    }
    return this.database.transaction(ANYWHERE, async (tx) => {
      const founded = await this.organisations.create(tx, null, {
        kind,
        name: name.trim(),
        headcount: null,
        timeZone: 'Europe/London',
        scopeStatement: '',
        aiRoles: [],
      });
      const scope = { organisationId: founded.id, personId: null };
      const roles = [...FIRST_ROLES[kind]];
      const invitation = { name: personName.trim(), email, roles, validTo: null };
      const id = await this.invitations.add(tx, scope, invitation);
      return { slug: founded.slug, link: this.invitations.linkOf(id, 1) };
    });
  }
}
