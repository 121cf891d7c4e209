import type { DeliveryDetail, Webhook, WebhookDelivery } from '@plumbline/contracts';
import sql from 'sql-template-tag';

/** A row of the query below. */
export interface WebhookRow {
  id: string;
  url: string;
  description: string;
  types: Webhook['types'];
  off_at: Date | null;
  off_why: NonNullable<Webhook['off']>['why'] | null;
  failing_since: Date | null;
  pending: number;
  delivered: number;
  failed: number;
  last_delivered_at: Date | null;
  secret_number: number;
  secret_since: Date;
  old_secret_until: Date | null;
  created_by: string;
  created_by_name: string;
  created_at: Date;
  version: number;
}

/** Endpoints with how their deliveries stand; a `where` on `w` follows. */
export const WEBHOOK_ROWS = sql`
  select w.id, w.url, w.description, w.types, w.off_at, w.off_why, w.failing_since,
         coalesce(d.pending, 0)::int as pending, coalesce(d.delivered, 0)::int as delivered,
         coalesce(d.failed, 0)::int as failed, w.last_delivered_at, w.secret_number,
         w.secret_since, case when w.old_secret_until > now() then w.old_secret_until end
           as old_secret_until,
         w.created_by, p.name as created_by_name, w.created_at, w.version
  from app.webhook w
  join app.person p on p.id = w.created_by
  left join lateral (
    select count(*) filter (where state = 'pending') as pending,
           count(*) filter (where state = 'delivered') as delivered,
           count(*) filter (where state = 'failed') as failed
    from app.webhook_delivery
    where organisation_id = w.organisation_id and webhook_id = w.id) d on true`;

export const toWebhook = (row: WebhookRow): Webhook => ({
  id: row.id,
  url: row.url,
  description: row.description,
  types: row.types,
  off: row.off_at && row.off_why && { at: row.off_at.toISOString(), why: row.off_why },
  failingSince: row.failing_since?.toISOString() ?? null,
  deliveries: { pending: row.pending, delivered: row.delivered, failed: row.failed },
  lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null,
  secretSince: row.secret_since.toISOString(),
  oldSecretUntil: row.old_secret_until?.toISOString() ?? null,
  createdBy: { id: row.created_by, name: row.created_by_name },
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

export interface DeliveryRow {
  id: string;
  event_id: string;
  type: WebhookDelivery['type'];
  at: Date;
  state: WebhookDelivery['state'];
  attempts: number;
  next_at: Date | null;
  gave_up: WebhookDelivery['gaveUp'];
  last_at: Date | null;
  last_outcome: NonNullable<WebhookDelivery['last']>['outcome'] | null;
  last_status: number | null;
}

/** Deliveries with their newest attempt; a `where` on `d` and `e` follows. */
export const DELIVERY_ROWS = sql`
  select d.id, d.event_id, e.type, e.at, d.state, d.attempts, d.next_at, d.gave_up, e.body,
         a.at as last_at, a.outcome as last_outcome, a.status as last_status
  from app.webhook_delivery d
  join app.webhook_event e on e.organisation_id = d.organisation_id and e.id = d.event_id
  left join app.webhook_attempt a
    on a.organisation_id = d.organisation_id and a.delivery_id = d.id and a.n = d.attempts`;

export const toDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  eventId: row.event_id,
  type: row.type,
  happenedAt: row.at.toISOString(),
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at?.toISOString() ?? null,
  last: row.last_at &&
    row.last_outcome && {
      at: row.last_at.toISOString(),
      outcome: row.last_outcome,
      status: row.last_status,
    },
  gaveUp: row.gave_up,
});

export interface AttemptRow extends Omit<DeliveryDetail['made'][number], 'at'> {
  at: Date;
}

export const toAttempt = ({ at, ...row }: AttemptRow): DeliveryDetail['made'][number] => ({
  ...row,
  at: at.toISOString(),
});
