import { Inject, Injectable } from '@nestjs/common';
import { emailSchema } from '@plumbline/contracts';
import { Invitations } from '../members/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Invalid } from '../platform/problems.ts';
import { ANYWHERE } from '../platform/request-context.ts';
import { Organisations } from './organisations.ts';

/** A firm to be, and the first of its people. */
export interface NewFirm {
  readonly name: string;
  readonly personName: string;
  readonly email: string;
}

/** What the first person of a firm is: there is nobody else yet to do the rest. */
const FIRST_ROLES = ['firm.partner', 'firm.admin', 'firm.lead'];

/** Advisory firms. Only the operator of the product creates them. */
@Injectable()
export class Firms {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Invitations) private readonly invitations: Invitations,
  ) {}

  /** Creates a firm and invites its first person; answers the link, which is mailed as well. */
  async create({ name, personName, email }: NewFirm): Promise<{ slug: string; link: string }> {
    if (!emailSchema.safeParse(email).success || !name.trim() || !personName.trim()) {
      throw new Invalid('Give a name for the firm, and a name and an e-mail address.', []);
    }
    return this.database.transaction(ANYWHERE, async (tx) => {
      const firm = await this.organisations.create(tx, null, {
        kind: 'firm',
        name: name.trim(),
        headcount: null,
        timeZone: 'Europe/London',
        scopeStatement: '',
        aiRoles: [],
      });
      const scope = { organisationId: firm.id, personId: null };
      const invitation = { name: personName.trim(), email, roles: FIRST_ROLES, validTo: null };
      const id = await this.invitations.add(tx, scope, invitation);
      return { slug: firm.slug, link: this.invitations.linkOf(id, 1) };
    });
  }
}
