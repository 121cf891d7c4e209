import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { systemScope } from '../platform/request-context.ts';
import { FanOut } from './fan-out.ts';

/** How often records are looked at, and old deliveries removed (milliseconds). */
const EVERY = 1000;
const TIDY_EVERY = 3_600_000;
/** Organisations that one look is about. */
const AT_ONCE = 500;
/** Days that events and their deliveries are kept, and rows removed in one transaction. */
const KEPT_DAYS = 30;
const REMOVED_AT_ONCE = 1000;

const EVERYWHERE = { organisationId: null, personId: null };

/** Looks for organisations whose record has grown since its webhooks read it, and lets them read on. */
@Injectable()
export class WebhookWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(WebhookWatch.name);
  private clock: NodeJS.Timeout | null = null;
  private running: Promise<unknown> | null = null;
  private tidied = 0;
  private stopped = false;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(FanOut) private readonly fanOut: FanOut,
  ) {}

  onApplicationBootstrap(): void {
    if (this.configuration.role !== 'worker') return;
    this.clock = setInterval(() => {
      this.running ??= this.look()
        .catch((error: unknown) => {
          this.logger.warn({ message: 'webhooks not looked at', cause: String(error) });
        })
        .finally(() => {
          this.running = null;
        });
    }, EVERY);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.clock) clearInterval(this.clock);
    await this.running;
  }

  /** Reads every record on that has grown. One organisation that fails keeps no other waiting. */
  async sweep(): Promise<void> {
    const organisations = await this.organisations('is_on');
    for (let from = 0; from < organisations.length && !this.stopped; from += AT_ONCE) {
      let open = await this.grown(organisations.slice(from, from + AT_ONCE));
      while (open.length > 0) open = await this.readOn(open);
    }
  }

  /** One batch of each; answers those that may have more. */
  private async readOn(organisations: readonly string[]): Promise<string[]> {
    const more: string[] = [];
    for (const organisationId of organisations) {
      if (this.stopped) return [];
      try {
        if (await this.fanOut.next(organisationId)) more.push(organisationId);
      } catch (error) {
        const message = 'record not read for webhooks';
        this.logger.error({ message, organisationId, cause: String(error) });
      }
    }
    return more;
  }

  /** Removes events that have had their time, with their deliveries, and those of no endpoint. */
  async tidy(): Promise<number> {
    let removed = 0;
    for (const organisationId of await this.organisations('any')) {
      for (let last = REMOVED_AT_ONCE; last === REMOVED_AT_ONCE && !this.stopped; removed += last) {
        last = await this.database.transaction(systemScope(organisationId), (tx) =>
          tx.execute(sql`
            delete from app.webhook_event where organisation_id = ${organisationId} and id in (
              select e.id from app.webhook_event e
              where e.organisation_id = ${organisationId}
                and e.created_at < now() - make_interval(days => ${KEPT_DAYS})
                -- Sent again just now, perhaps.
                and not exists (select 1 from app.webhook_delivery d
                  where d.organisation_id = e.organisation_id and d.event_id = e.id
                    and d.state = 'pending')
              order by e.created_at limit ${REMOVED_AT_ONCE})`),
        );
      }
    }
    return removed;
  }

  private async look(): Promise<void> {
    await this.sweep();
    if (Date.now() - this.tidied < TIDY_EVERY) return;
    this.tidied = Date.now();
    await this.tidy();
  }

  private async organisations(which: 'is_on' | 'any'): Promise<string[]> {
    const rows = await this.database.transaction(EVERYWHERE, (tx) =>
      tx.query<{ organisation_id: string }>(sql`
        select distinct organisation_id from app.webhook where is_on or ${which === 'any'}
        order by organisation_id`),
    );
    return rows.map((row) => row.organisation_id);
  }

  /** Which of these have entries that were not read yet. */
  private async grown(organisations: readonly string[]): Promise<string[]> {
    const scope = { ...EVERYWHERE, readOrganisationIds: organisations };
    const rows = await this.database.transaction(scope, (tx) =>
      tx.prepared<{ organisation_id: string }>(
        'webhooks-behind',
        sql`select c.organisation_id from app.webhook_cursor c
            where c.organisation_id = any (${organisations}::uuid[]) and exists (
              select 1 from app.record_event e
              where e.organisation_id = c.organisation_id
                and (e.xid, e.ord) > (c.last_xid, c.last_ord)
                and e.xid < pg_snapshot_xmin(pg_current_snapshot()))`,
      ),
    );
    return rows.map((row) => row.organisation_id);
  }
}
