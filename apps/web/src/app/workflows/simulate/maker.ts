import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { GeneratedCases } from '@plumbline/workflow-engine';
import type { GenerateAnswer, GenerateRequest } from './generate.worker.ts';
import type { Stage } from './play.ts';

/** Makes cases up beside the page, so that it stays usable meanwhile. */
@Injectable()
export class Maker {
  private worker: Worker | null = null;
  private asked = 0;
  readonly busy = signal(false);
  /** It could not be done at all. */
  readonly failed = signal(false);
  readonly made = signal<GeneratedCases | null>(null);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.worker?.terminate());
  }

  make({ definition, library }: Stage): void {
    this.worker ??= this.start();
    this.asked += 1;
    this.busy.set(true);
    this.failed.set(false);
    const request: GenerateRequest = { number: this.asked, definition, library };
    this.worker.postMessage(request);
  }

  forget(): void {
    this.made.set(null);
    this.failed.set(false);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./generate.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<GenerateAnswer>) => {
      // An answer to an older question: the newest is on its way.
      if (data.number !== this.asked) return;
      this.busy.set(false);
      this.made.set(data.made);
      this.failed.set(data.made === null);
    };
    worker.onerror = () => {
      this.busy.set(false);
      this.failed.set(true);
    };
    return worker;
  }
}
