import type { Webhook, WebhookDelivery } from '@plumbline/contracts';
import type { ChipState } from '@plumbline/ui';

/** How people call an endpoint: by what it is for, else by its host. */
export const webhookName = ({ url, description }: Pick<Webhook, 'url' | 'description'>): string =>
  description || new URL(url).host;

/** How an endpoint stands, for people: `off` was asked for, `ended` was done by the product. */
export type WebhookState = 'on' | 'failing' | 'off' | 'ended';

export function webhookState({
  off,
  failingSince,
}: Pick<Webhook, 'off' | 'failingSince'>): WebhookState {
  if (off) return off.why === 'person' ? 'off' : 'ended';
  return failingSince ? 'failing' : 'on';
}

export const WEBHOOK_CHIPS: Readonly<Record<WebhookState, ChipState>> = {
  on: 'done',
  failing: 'warn',
  off: 'unknown',
  ended: 'bad',
};

export const DELIVERY_CHIPS: Readonly<Record<WebhookDelivery['state'], ChipState>> = {
  pending: 'waiting',
  delivered: 'done',
  failed: 'bad',
};

/** The key of the words for how a call ended: by its status when there was an answer. */
export const outcomeKey = ({
  outcome,
  status,
}: Pick<NonNullable<WebhookDelivery['last']>, 'outcome' | 'status'>): string =>
  outcome === 'answered' && status !== null && status >= 300 && status < 400
    ? 'redirected'
    : outcome;
