import { Inject, Injectable } from '@nestjs/common';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { ImportWork } from './import-work.ts';

/** Reads a file that was uploaded. */
@Injectable()
@OutboxHandler('import.read', 'long')
export class ReadImport implements OutboxHandling {
  constructor(@Inject(ImportWork) private readonly work: ImportWork) {}

  handle(message: DeliveredMessage): Promise<void> {
    return this.work.read(message);
  }
}

/** Checks a file against its mapping. */
@Injectable()
@OutboxHandler('import.check', 'long')
export class CheckImport implements OutboxHandling {
  constructor(@Inject(ImportWork) private readonly work: ImportWork) {}

  handle(message: DeliveredMessage): Promise<void> {
    return this.work.check(message);
  }
}

/** Brings a checked file in. */
@Injectable()
@OutboxHandler('import.commit', 'long')
export class CommitImport implements OutboxHandling {
  constructor(@Inject(ImportWork) private readonly work: ImportWork) {}

  handle(message: DeliveredMessage): Promise<void> {
    return this.work.commit(message);
  }
}
