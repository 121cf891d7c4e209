import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';
import type { HeldRun } from './run-store.ts';

/** The one chain of workflows through the life of an AI system. */
@Injectable()
export class Lifecycle {
  /** Keys of the workflows that start when this run has ended so. */
  after(_tx: Tx, _ctx: Acting, _run: HeldRun, _outcome: string): Promise<string[]> {
    return Promise.resolve([]);
  }

  requireStart(_tx: Tx, _ctx: Acting, _workflow: string, _aiSystemId: string): Promise<void> {
    return Promise.resolve();
  }
}
