import { Inject, Injectable } from '@nestjs/common';
import { Membership, memberUntil, type InOrganisation } from '../members/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Accounts, Passwords } from '../sessions/index.ts';
import { DEMO_PASSWORD, type DemoPerson } from './people.data.ts';

/** Brings people of the demo into their organisations. */
@Injectable()
export class Hiring {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Membership) private readonly membership: Membership,
  ) {}

  /** One hash serves everybody: the password is public anyway, and the start stays fast. */
  hashPassword(): Promise<string> {
    return this.passwords.hash(DEMO_PASSWORD);
  }

  /** Makes people members of the organisation of the transaction; answers their ids by name. */
  async hire(
    tx: Tx,
    scope: InOrganisation,
    people: readonly DemoPerson[],
    passwordHash: string,
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    const now = await tx.now();
    for (const { name, email, roles } of people) {
      const personId = await this.accounts.create(tx, { name, email, passwordHash });
      const validTo = memberUntil(roles, null, now);
      await this.membership.join(tx, scope, { personId, roles, validTo });
      ids.set(name, personId);
    }
    return ids;
  }
}
