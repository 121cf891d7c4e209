import { Inject, Injectable } from '@nestjs/common';
import type { WEBHOOK_OFF } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { MEMBER_RULES } from '@plumbline/policies';
import { Members } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { OrganisationScope } from '../platform/request-context.ts';
import { FAILING_DAYS } from './schedule.ts';

type Why = (typeof WEBHOOK_OFF)[number];

const HOST_SHOWN = 100;

/** Roles of members who may manage endpoints: they are told when one is switched off. */
const MANAGERS = Object.entries(MEMBER_RULES).flatMap(([role, rules]) =>
  rules.some(([action, ...subjects]) => action === 'manage' && subjects.includes('Webhook'))
    ? [role]
    : [],
);

/** Ends calls to an endpoint: asked by a person, or by the product after lasting failure. */
@Injectable()
export class SwitchingOff {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
  ) {}

  /** Does nothing when it is off already. What was on its way is given up; it can be sent again. */
  async switchOff(
    tx: Tx,
    scope: OrganisationScope & { readonly organisationId: string },
    id: string,
    why: Why,
  ): Promise<void> {
    const { organisationId } = scope;
    const row = await tx.maybe<{ url: string; version: number; slug: string; kind: string }>(sql`
      update app.webhook w set is_on = false, off_at = now(), off_why = ${why},
        version = w.version + 1
      from app.organisation o
      where w.organisation_id = ${organisationId} and w.id = ${id} and w.is_on
        and o.id = w.organisation_id
      returning w.url, w.version, o.slug, o.kind`);
    if (!row) return;
    await tx.execute(sql`
      update app.webhook_delivery set state = 'failed', next_at = null, gave_up = 'switched-off'
      where organisation_id = ${organisationId} and webhook_id = ${id} and state = 'pending'`);
    await recordEvent(tx, scope, {
      action: 'webhook.switched-off',
      entity: 'webhook',
      entityId: id,
      payload: { why },
    });
    if (why === 'person') return;
    const host = new URL(row.url).hostname.slice(0, HOST_SHOWN);
    const text =
      why === 'gone'
        ? `The webhook to ${host} was switched off: it answered that it is gone (410).`
        : `The webhook to ${host} was switched off: every call failed for ${FAILING_DAYS} days.`;
    for (const personId of await this.managers(tx)) {
      await this.notifications.notify(tx, {
        ...{ organisationId, personId, kind: 'for-information' },
        subject: `The webhook to ${host} was switched off`,
        text: `${text} Look at its deliveries, then switch it on again.`,
        path: `/${row.kind === 'firm' ? 'f' : 'c'}/${row.slug}/webhooks/${id}`,
        key: `webhook-off:${id}:${row.version}`,
      });
    }
  }

  private async managers(tx: Tx): Promise<Set<string>> {
    const people = new Set<string>();
    for (const role of MANAGERS) {
      for (const { id, firmId } of await this.members.withRole(tx, role)) {
        // An adviser's role of the same name counts in the firm, not here.
        if (firmId === null) people.add(id);
      }
    }
    return people;
  }
}
