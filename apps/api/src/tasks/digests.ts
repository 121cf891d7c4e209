import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import sql from 'sql-template-tag';
import { contextOf } from '../members/index.ts';
import { nextDigest } from '../notifications/index.ts';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { systemScope } from '../platform/request-context.ts';
import { DIGEST_MAIL } from './digest-mail.ts';

/** How often due digests are looked for (milliseconds), and how many are taken at once. */
const EVERY = 60_000;
const BATCH = 200;

interface Due {
  organisation_id: string;
  person_id: string;
  digest: string;
  weekday: number;
  hour: number;
}

/**
 * Hands out digests at each person's hour. Setting the next hour and promising the mail are one
 * transaction, so that a digest goes out once however many workers look.
 */
@Injectable()
export class Digests implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Digests.name);
  private clock: NodeJS.Timeout | null = null;
  private running: Promise<unknown> | null = null;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    if (this.configuration.role !== 'worker') return;
    this.clock = setInterval(() => {
      this.running ??= this.sweep()
        .catch((error: unknown) => {
          this.logger.warn({ message: 'digest sweep failed', cause: String(error) });
        })
        .finally(() => {
          this.running = null;
        });
    }, EVERY);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.clock) clearInterval(this.clock);
    await this.running;
  }

  /** Promises every digest that is due; answers how many. */
  async sweep(): Promise<number> {
    const due = await this.database.transaction({ organisationId: null, personId: null }, (tx) =>
      tx.query<Due>(sql`
        select organisation_id, person_id, digest, weekday, hour from app.mail_preference
        where next_at <= now() order by next_at limit ${BATCH}`),
    );
    let promised = 0;
    for (const one of due) {
      const scope = systemScope(one.organisation_id);
      promised += await this.database.transaction(scope, (tx) => this.promise(tx, one));
    }
    return promised;
  }

  private async promise(tx: Tx, due: Due): Promise<number> {
    const { organisation_id: organisationId, person_id: personId } = due;
    const taken = await tx.execute(sql`
      update app.mail_preference m set next_at = ${nextDigest(due.digest, due)}
      from app.organisation o
      where o.id = m.organisation_id and m.organisation_id = ${organisationId}
        and m.person_id = ${personId} and m.digest = ${due.digest} and m.next_at <= now()`);
    if (taken === 0) return 0;
    const person = await contextOf(tx, { organisationId, personId }, newId());
    if (!person) return 0;
    await this.outbox.add(tx, {
      organisationId,
      topic: DIGEST_MAIL,
      key: newId(),
      payload: { personId, weekly: due.digest === 'weekly' },
    });
    return 1;
  }
}
