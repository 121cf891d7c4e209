import {
  createWebhookSchema,
  deliveriesSchema,
  deliveryDetailSchema,
  deliverySchema,
  webhookSchema,
  webhookWithSecretSchema,
  type CreateWebhook,
  type DeliveryDetail,
  type Webhook,
  type WebhookWithSecret,
} from '@plumbline/contracts';
import { Deliveries } from '../../src/platform/outbox/deliveries.ts';
import { FanOut } from '../../src/webhooks/fan-out.ts';
import { answerOf } from './answers.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { aWorkflow, endStep, RunLab, taskStep } from './run-lab.ts';
import { startTestApi, type Client, type TestApi } from './test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from './world.ts';

/** A message of the outbox that one attempt is due. */
interface DueMessage {
  id: string;
  organisationId: string;
}

/** The product beside a server of somebody else, with the worker's part done step by step. */
export class WebhookLab {
  private constructor(
    readonly api: TestApi,
    readonly receiver: Receiver,
    readonly here: TestOrganisation,
    readonly manager: Client,
  ) {}

  static async open(): Promise<WebhookLab> {
    const receiver = await startReceiver();
    const api = await startTestApi({ settings: { WEBHOOK_ALLOWED_ORIGINS: receiver.origin } });
    const here = await anOrganisation(api);
    const personId = await aMember(api, here, ['client.aims_manager'], 'Ada');
    return new WebhookLab(api, receiver, here, await api.signIn(personId, { steppedUp: true }));
  }

  /** Everything as at the beginning, in an organisation of its own. */
  async anew(): Promise<WebhookLab> {
    this.receiver.calls.length = 0;
    this.receiver.answer = () => 204;
    const here = await anOrganisation(this.api);
    const personId = await aMember(this.api, here, ['client.aims_manager'], 'Ada');
    const manager = await this.api.signIn(personId, { steppedUp: true });
    return new WebhookLab(this.api, this.receiver, here, manager);
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.receiver.close();
  }

  at(path = ''): string {
    return `/api/organisations/${this.here.slug}/webhooks${path}`;
  }

  /** Starts runs of a workflow that waits at its one task; answers their ids. */
  async start(runs = 1): Promise<string[]> {
    const lab = new RunLab(this.api, this.here);
    await lab.publish(aWorkflow('WF-TOLD', 'work', [taskStep('work', 'done'), endStep('done')]));
    const ids: string[] = [];
    while (ids.length < runs) ids.push(await lab.start('WF-TOLD'));
    return ids;
  }

  async create(input: Partial<CreateWebhook> = {}): Promise<WebhookWithSecret> {
    const body = createWebhookSchema.parse({
      ...{ url: `${this.receiver.origin}/in`, types: ['run.started', 'task.opened'] },
      ...input,
    });
    return answerOf(webhookWithSecretSchema, await this.manager.post(this.at(), body).expect(201));
  }

  async read(id: string): Promise<Webhook> {
    return answerOf(webhookSchema, await this.manager.get(this.at(`/${id}`)).expect(200));
  }

  /** Deliveries to an endpoint with their attempts, oldest first. */
  async deliveries(id: string): Promise<DeliveryDetail[]> {
    const list = await this.manager.get(this.at(`/${id}/deliveries`)).expect(200);
    const details: DeliveryDetail[] = [];
    for (const { id: delivery } of answerOf(deliveriesSchema, list).items) {
      const path = this.at(`/${id}/deliveries/${delivery}`);
      details.unshift(answerOf(deliveryDetailSchema, await this.manager.get(path).expect(200)));
    }
    return details;
  }

  /** Sends a test event's first attempt on its way; answers the delivery's id. */
  async test(id: string): Promise<string> {
    const sent = await this.manager.post(this.at(`/${id}/tests`)).expect(201);
    return answerOf(deliverySchema, sent).id;
  }

  async resend(id: string, delivery: string): Promise<void> {
    await this.manager.post(this.at(`/${id}/deliveries/${delivery}/resend`)).expect(200);
  }

  /** Waits until no transaction of other tests keeps the newest entries from being read. */
  async readable(): Promise<void> {
    for (;;) {
      const [row] = await this.api.admin<{ waiting: boolean }>(
        `select exists (select 1 from app.record_event
           where organisation_id = $1 and xid >= pg_snapshot_xmin(pg_current_snapshot())) as waiting`,
        [this.here.id],
      );
      if (!row?.waiting) return;
    }
  }

  /** Reads the record to its end. Other tests' transactions may be in the way for a moment. */
  async readRecord(): Promise<void> {
    const fanOut = this.api.app.get(FanOut, { strict: false });
    for (;;) {
      await fanOut.next(this.here.id);
      const [row] = await this.api.admin<{ behind: boolean }>(
        `select exists (
           select 1 from app.record_event e join app.webhook_cursor c using (organisation_id)
           where e.organisation_id = $1 and (e.xid, e.ord) > (c.last_xid, c.last_ord)) as behind`,
        [this.here.id],
      );
      if (!row?.behind) return;
    }
  }

  /** Messages of attempts that are due, or of all that are planned. */
  due(when: 'now' | 'ever' = 'now'): Promise<DueMessage[]> {
    return this.api.admin<{ id: string; organisationId: string }>(
      `select id, organisation_id as "organisationId" from app.outbox
       where organisation_id = $1 and topic = 'webhook-delivery' and done_at is null
         and (run_at <= now() or $2) order by id`,
      [this.here.id, when === 'ever'],
    );
  }

  /** Carries out what is due, as if a wake-up came for each; `ever`: after a long time. */
  async deliver(when: 'now' | 'ever' = 'now'): Promise<void> {
    for (const message of await this.due(when)) await this.wake(message);
  }

  wake(message: DueMessage): Promise<void> {
    return this.api.app.get(Deliveries).deliver(message);
  }
}
