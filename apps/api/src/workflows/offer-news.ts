import { Inject, Injectable } from '@nestjs/common';
import { rolesThatMay } from '@plumbline/policies';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import type { GrantedClient } from './granted-clients.ts';
import type { OfferRow } from './offer-row.ts';

/** Tells a client of an offer, and its firm what the client made of it. */
@Injectable()
export class OfferNews {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Tells those who publish at the client, in a transaction of the client. */
  async offered(
    tx: Tx,
    client: GrantedClient,
    { id, name, firm }: { readonly id: string; readonly name: string; readonly firm: string },
  ): Promise<void> {
    const people = new Set<string>();
    for (const role of rolesThatMay('manage', 'Workflow')) {
      for (const person of await this.members.withRole(tx, role)) {
        if (person.relation === 'member') people.add(person.id);
      }
    }
    for (const personId of people) {
      await this.notifications.notify(tx, {
        ...{ organisationId: client.id, personId, kind: 'for-information' },
        subject: `${firm} offers a version of “${name}”`,
        text: `${firm} offers you a version of the workflow “${name}”. Take it over, or decline it.`,
        path: `/c/${client.slug}/workflows/offers/${id}`,
        key: `workflow-offer:${id}`,
      });
    }
  }

  /** Tells the firm's leads with the commit of `tx`, which is the client's and stays so. */
  async tell(
    tx: Tx,
    client: RequestContext,
    offer: OfferRow,
    how: 'accepted' | 'declined',
  ): Promise<void> {
    const words = `${client.organisationName} has ${
      how === 'accepted' ? 'taken over' : 'declined'
    } version ${offer.firm_version} of “${offer.name}”`;
    await tx.enter({ organisationId: offer.firm_id, personId: null });
    const { slug } = await tx.one<{ slug: string }>(
      sql`select slug from app.organisation where id = ${offer.firm_id}`,
    );
    for (const { id: personId } of await this.members.withRole(tx, 'firm.lead')) {
      await this.notifications.notify(tx, {
        ...{ organisationId: offer.firm_id, personId, kind: 'for-information', subject: words },
        text: `${words}.${how === 'declined' ? ' The workflow’s page says why.' : ''}`,
        path: `/f/${slug}/workflows/${offer.key}/clients`,
        key: `workflow-offer:${offer.id}:${how}`,
      });
    }
    this.stream.publish(tx, offer.firm_id, { type: 'workflow-changed', id: offer.key });
    await tx.enter(client);
  }
}
