import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { OUTBOX_TOPIC, type OutboxHandling, type TopicOptions } from './outbox-handler.ts';

/** Every topic and its one handler, found at start; two handlers for a topic stop the start. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  private readonly handlers = new Map<string, { lane: string; handler: OutboxHandling }>();

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!instance || !metatype) continue;
      const options = this.reflector.get<TopicOptions | undefined>(OUTBOX_TOPIC, metatype);
      if (!options) continue;
      if (this.handlers.has(options.topic)) {
        throw new Error(`Two handlers for outbox topic "${options.topic}".`);
      }
      this.handlers.set(options.topic, { lane: options.lane, handler: instance as OutboxHandling });
    }
  }

  laneOf(topic: string): string | null {
    return this.handlers.get(topic)?.lane ?? null;
  }

  handlerOf(topic: string): OutboxHandling | null {
    return this.handlers.get(topic)?.handler ?? null;
  }
}
