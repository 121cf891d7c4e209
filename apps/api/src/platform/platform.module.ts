import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { Configuration } from './config/configuration.ts';
import { TenantDatabase } from './database/tenant-database.ts';
import { AccessGuard } from './http/access-guard.ts';
import { AnswerSerializer } from './http/answer-serializer.ts';
import { EventStream } from './http/event-stream.ts';
import { IdempotencyInterceptor } from './http/idempotency.ts';
import { OrderlyStop } from './http/orderly-stop.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { StillAllowed } from './http/still-allowed.ts';
import { StreamController } from './http/stream.controller.ts';
import { ContractPipe } from './http/validation.ts';
import { LocalOutboxController } from './mail/local-outbox.controller.ts';
import { Mailer } from './mail/mailer.ts';
import { Deliveries } from './outbox/deliveries.ts';
import { Effects } from './outbox/effects.ts';
import { HandlerRegistry } from './outbox/handler-registry.ts';
import { Housekeeping } from './outbox/housekeeping.ts';
import { OutboxWorker } from './outbox/outbox-worker.ts';
import { Outbox } from './outbox/outbox.ts';
import { OutboxRelay } from './outbox/relay.ts';
import { Outgoing } from './outgoing/index.ts';
import { FileStorage } from './storage/index.ts';
import { HealthController } from './telemetry/health.controller.ts';
import { Metrics } from './telemetry/metrics.ts';

/** What every capability stands on. Knows none of them. */
@Global()
@Module({})
export class PlatformModule {
  static for(configuration: Configuration): DynamicModule {
    const shared = [
      TenantDatabase,
      Outbox,
      EventStream,
      Mailer,
      Effects,
      Deliveries,
      HandlerRegistry,
      Housekeeping,
      FileStorage,
      Outgoing,
    ];
    return {
      module: PlatformModule,
      imports: [DiscoveryModule],
      controllers: [HealthController, StreamController, LocalOutboxController],
      providers: [
        { provide: Configuration, useValue: configuration },
        ...shared,
        Metrics,
        OutboxRelay,
        OutboxWorker,
        OrderlyStop,
        StillAllowed,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ContractPipe },
        { provide: APP_INTERCEPTOR, useClass: AnswerSerializer },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
      exports: [Configuration, ...shared],
    };
  }
}
