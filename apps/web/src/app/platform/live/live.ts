import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { auditTime, filter, Subject } from 'rxjs';

/** Something changed; whoever shows it reads it again. */
export interface Change {
  readonly type:
    | 'task-changed'
    | 'run-changed'
    | 'system-changed'
    | 'job-changed'
    | 'workflow-changed'
    | 'webhook-changed';
  readonly id: string;
}

/** Changes that come within this time are read once (milliseconds). */
const TOGETHER = 250;

/** What changed in the organisation of this page: one connection per tab, opened by the shell. */
@Injectable({ providedIn: 'root' })
export class Live {
  private readonly heard = new Subject<Change>();
  private source: EventSource | null = null;

  /** `off` outside an organisation; the browser connects again by itself. */
  readonly state = signal<'off' | 'live' | 'reconnecting'>('off');
  readonly changes = this.heard.asObservable();

  connect(address: string): void {
    this.disconnect();
    const source = new EventSource(address);
    source.onopen = () => this.state.set('live');
    source.onerror = () => this.state.set('reconnecting');
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as Change | { readonly type: 'alive' };
      if (event.type !== 'alive') this.heard.next(event);
    };
    this.source = source;
  }

  disconnect(): void {
    this.source?.close();
    this.source = null;
    this.state.set('off');
  }
}

/**
 * Calls `then` when something of these types changes, as long as the calling component lives:
 * `whenChanged(['task-changed'], () => this.tasks.reload())`. With `id`, only for that one.
 */
export function whenChanged(
  types: readonly Change['type'][],
  then: () => void,
  id?: () => string,
): void {
  const subscription = inject(Live)
    .changes.pipe(
      filter((change) => types.includes(change.type) && (!id || id() === change.id)),
      auditTime(TOGETHER),
    )
    .subscribe(then);
  inject(DestroyRef).onDestroy(() => subscription.unsubscribe());
}
