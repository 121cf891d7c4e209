import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Members, type InOrganisation } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';

/** What happened to a firm's access, as its leads are told. */
export type AccessChange = 'granted' | 'changed' | 'revoked';

const WORDS: Readonly<Record<AccessChange, string>> = {
  granted: 'has given your firm access',
  changed: 'has changed your firm’s access',
  revoked: 'has ended your firm’s access',
};

/** Tells a firm's engagement leads what a client did about its access. */
@Injectable()
export class EngagementNews {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
  ) {}

  /** Tells them with the commit of `tx`, which is the client's and stays so. */
  async tell(
    tx: Tx,
    client: InOrganisation,
    firmId: string,
    { change, key }: { readonly change: AccessChange; readonly key: string },
  ): Promise<void> {
    const { name } = await tx.one<{ name: string }>(
      sql`select name from app.organisation where id = ${client.organisationId}`,
    );
    await tx.enter({ organisationId: firmId, personId: null });
    const { slug } = await tx.one<{ slug: string }>(
      sql`select slug from app.organisation where id = ${firmId}`,
    );
    for (const { id } of await this.members.withRole(tx, 'firm.lead')) {
      await this.notifications.notify(tx, {
        organisationId: firmId,
        personId: id,
        kind: 'for-information',
        subject: `${name} ${WORDS[change]}`,
        text: `${name} ${WORDS[change]}. Your list of clients shows how it stands.`,
        path: `/f/${slug}`,
        key,
      });
    }
    await tx.enter(client);
  }
}
