import { SetMetadata } from '@nestjs/common';

export const OUTBOX_TOPIC = Symbol('outbox-topic');

/** A message as a handler gets it. What it needs beyond ids it reads again under its own context. */
export interface DeliveredMessage {
  readonly id: string;
  readonly organisationId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Aborted when the worker stops: long work should save its progress and return. */
  readonly signal: AbortSignal;
}

/** Carries out messages of one topic. May be called twice for one message: must be idempotent by its id. */
export interface OutboxHandling {
  handle(message: DeliveredMessage): Promise<void>;
}

/** Where work waits: each lane has workers of its own, so that none waits for another. */
export const LANES = [
  'short',
  /** Imports, exports. */
  'long',
  /** Calls to other people's servers, which may take their time. */
  'calls',
] as const;
export type Lane = (typeof LANES)[number];

export interface TopicOptions {
  readonly topic: string;
  readonly lane: Lane;
}

/** Thrown by a handler that cannot take the message now, through nobody's fault; it comes again. */
export class Postponed extends Error {
  constructor(readonly seconds: number) {
    super(`postponed for ${seconds} seconds`);
  }
}

/** Marks the one class that handles `topic`; the worker refuses to start with two for a topic. */
export const OutboxHandler = (
  topic: string,
  lane: TopicOptions['lane'] = 'short',
): ClassDecorator => SetMetadata(OUTBOX_TOPIC, { topic, lane } satisfies TopicOptions);
