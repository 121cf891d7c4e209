import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Job } from 'bullmq';
import { Configuration } from '../config/configuration.ts';
import { Deliveries } from './deliveries.ts';
import type { Lane } from './outbox-handler.ts';
import { openQueueBackend, type Consumer, type QueueBackend } from './queue-backend.ts';
import { OutboxRelay } from './relay.ts';

/** Messages worked on at once, per lane. */
const CONCURRENCY: Readonly<Record<Lane, number>> = { short: 8, long: 2, calls: 16 };

/** The worker process's engine room: relay and consumers, started and stopped together. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OutboxWorker.name);
  private backend: QueueBackend | null = null;
  private consumers: Consumer[] = [];

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.configuration.role !== 'worker') return;
    const backend = openQueueBackend(this.configuration, (error) => {
      this.logger.warn({ message: 'queue', cause: error.message });
    });
    this.backend = backend;
    await this.relay.start(backend);
    this.consumers = Object.entries(CONCURRENCY).map(([lane, concurrency]) =>
      backend.consume(lane, (job: Job) => this.deliveries.deliver(job.data), concurrency),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.deliveries.stop();
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
    await this.backend?.close();
  }
}
