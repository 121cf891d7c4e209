import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { TenantDatabase } from '../database/tenant-database.ts';

/** Figures for operators, in Prometheus' text format. No organisation is named in them. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'plumbline_http_request_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor(@Inject(TenantDatabase) database: TenantDatabase) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'plumbline_database_waiting',
      help: 'Requests waiting for a database connection',
      registers: [this.registry],
      collect() {
        this.set(database.waiting);
      },
    });
  }

  /** One answered request; `seconds` from its arrival to its last byte. */
  answered(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }
}
