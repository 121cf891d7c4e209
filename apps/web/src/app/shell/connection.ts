import { Component, DestroyRef, inject, signal } from '@angular/core';
import { words } from '../platform/index.ts';
import type file from './shell.en-GB.json';

/** Says that the network is gone, and what that means for what one is doing. */
@Component({
  selector: 'app-connection',
  template: `
    <div role="status">
      @if (offline()) {
        <p>{{ t('offline') }}</p>
      }
    </div>
  `,
  styles: `
    p {
      padding: var(--s-2) var(--s-4);
      background: var(--st-warn-bg);
      color: var(--st-warn-fg);
      font-weight: 600;
    }
  `,
})
export class Connection {
  protected readonly t = words<typeof file>('shell');
  protected readonly offline = signal(!navigator.onLine);

  constructor() {
    const gone = new AbortController();
    const listen = (event: 'online' | 'offline'): void =>
      addEventListener(event, () => this.offline.set(event === 'offline'), {
        signal: gone.signal,
      });
    listen('online');
    listen('offline');
    inject(DestroyRef).onDestroy(() => gone.abort());
  }
}
