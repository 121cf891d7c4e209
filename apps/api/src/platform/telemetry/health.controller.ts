import { Controller, Get, Header, Inject, Logger, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { TenantDatabase } from '../database/tenant-database.ts';
import { Public } from '../http/decorators.ts';
import { Problem } from '../problems.ts';
import { Metrics } from './metrics.ts';

/** For operators and orchestrators: alive, ready, figures. */
@ApiExcludeController()
@Controller({ version: VERSION_NEUTRAL })
export class HealthController {
  private readonly logger = new Logger(HealthController.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Metrics) private readonly metrics: Metrics,
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

  @Get('metrics')
  @Public()
  @Header('Content-Type', 'text/plain; version=0.0.4')
  figures(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
