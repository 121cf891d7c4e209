import { Inject, Injectable } from '@nestjs/common';
import { Outgoing } from '../platform/outgoing/index.ts';
import type { Made } from './attempts.ts';
import { WebhookSecrets } from './secrets.ts';
import { signedHeaders } from './signing.ts';

/** One attempt that is due. */
export interface Due {
  url: string;
  webhook_id: string;
  secret_number: number;
  old_secret_until: Date | null;
  failing_since: Date | null;
  event_id: string;
  type: string;
  body: string;
  now: Date;
}

/** Calls endpoints. */
@Injectable()
export class WebhookCaller {
  constructor(
    @Inject(Outgoing) private readonly outgoing: Outgoing,
    @Inject(WebhookSecrets) private readonly secrets: WebhookSecrets,
  ) {}

  /** Signs it for this moment and posts it; never throws for what the other side does. */
  async call(due: Due): Promise<Made> {
    // The database's time: a worker's own clock may be off.
    const { now: at } = due;
    const started = performance.now();
    const { webhook_id: id, secret_number: number, old_secret_until: oldUntil } = due;
    const timestamp = Math.floor(at.getTime() / 1000);
    const signed = { id: due.event_id, timestamp, body: due.body };
    const end = await this.outgoing.post({
      url: due.url,
      body: due.body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Plumbline-Webhooks/1',
        ...signedHeaders(signed, this.secrets.inForce({ id, number, oldUntil }, at)),
      },
    });
    return { at, milliseconds: Math.round(performance.now() - started), end };
  }
}
