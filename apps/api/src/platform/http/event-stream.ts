import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { filter, interval, last, map, merge, type Observable, Subject, takeUntil } from 'rxjs';
import { Configuration } from '../config/configuration.ts';
import { TenantDatabase, type Tx } from '../database/tenant-database.ts';

/** Something that open pages may want to read again. Ids only: each reader asks with its own rights. */
export interface LiveEvent {
  readonly type:
    | 'task-changed'
    | 'run-changed'
    | 'system-changed'
    | 'job-changed'
    /** Its deliveries, or whether it is on; the id is the endpoint's. */
    | 'webhook-changed'
    /** Its draft, its editor or its versions; the id is the workflow's key. */
    | 'workflow-changed';
  readonly id: string;
}

interface Announced extends LiveEvent {
  readonly organisationId: string;
}

/** How often an idle stream says that it is alive, so that proxies keep it open (milliseconds). */
const HEARTBEAT = 20_000;

/** Tells open pages what changed: announced with the commit, delivered by every http process. */
@Injectable()
export class EventStream implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly heard = new Subject<Announced>();
  private stop: (() => Promise<void>) | null = null;

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.configuration.role !== 'http') return;
    this.stop = await this.database.listen('live', (payload) => {
      this.heard.next(JSON.parse(payload) as Announced);
    });
  }

  /** Ends every stream: the server waits for its open answers before it is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.heard.complete();
    await this.stop?.();
  }

  /** Announces a change when the transaction is committed, and not otherwise. */
  publish(tx: Tx, organisationId: string, event: LiveEvent): void {
    tx.announce('live', JSON.stringify({ organisationId, ...event }));
  }

  /** The events of one organisation, with a heartbeat. */
  of(organisationId: string): Observable<{ data: LiveEvent | { type: 'alive' } }> {
    return merge(
      this.heard.pipe(
        filter((event) => event.organisationId === organisationId),
        map(({ type, id }) => ({ data: { type, id } })),
      ),
      interval(HEARTBEAT).pipe(
        takeUntil(this.heard.pipe(last(null, null))),
        map(() => ({ data: { type: 'alive' as const } })),
      ),
    );
  }
}
