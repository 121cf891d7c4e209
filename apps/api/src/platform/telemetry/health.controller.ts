import { Controller, Get, Header, Inject, Logger, Req, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { Configuration } from '../config/configuration.ts';
import { TenantDatabase } from '../database/tenant-database.ts';
import { Public } from '../http/decorators.ts';
import { NotFound, Problem } from '../problems.ts';
import { mayReadMetrics } from './metrics-access.ts';
import { Metrics } from './metrics.ts';

/** For operators and orchestrators: alive, ready, figures. */
@ApiExcludeController()
@Controller({ version: VERSION_NEUTRAL })
export class HealthController {
  private readonly logger = new Logger(HealthController.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  @Get('livez')
  @Public()
  alive(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** The database decides readiness; a queue that is away only delays work. */
  @Get('readyz')
  @Public()
  async ready(): Promise<{ status: 'ready' }> {
    try {
      await this.database.ping();
    } catch (error) {
      // Where the database is and what it said is for the log: anybody may ask this.
      this.logger.warn({ message: 'not ready', cause: String(error) });
      throw new Problem(503, 'not-ready', 'The database does not answer. Try again in a moment.');
    }
    return { status: 'ready' };
  }

  /** Not found for everybody else, so that nobody outside learns that they are there. */
  @Get('metrics')
  @Public()
  @Header('Content-Type', 'text/plain; version=0.0.4')
  figures(@Req() request: Request): Promise<string> {
    if (!mayReadMetrics(request, this.configuration.environment.METRICS_TOKEN)) {
      throw new NotFound();
    }
    return this.metrics.registry.metrics();
  }
}
