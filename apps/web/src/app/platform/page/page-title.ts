import { effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';

/** What the tab says: page, then client, then product. */
@Injectable({ providedIn: 'root' })
export class PageTitle {
  private readonly title = inject(Title);
  readonly page = signal('');
  /** The organisation of the shell, so that two tabs of two clients can be told apart. */
  readonly organisation = signal('');

  constructor() {
    effect(() => {
      const parts = [this.page(), this.organisation() || 'Plumbline'];
      this.title.setTitle(parts.filter((part) => part !== '').join(' · '));
    });
  }
}

/** Names the page in the tab, following the signals it reads: `pageTitle(() => this.system()?.name)`. */
export function pageTitle(text: () => string | undefined): void {
  const { page } = inject(PageTitle);
  effect(() => page.set(text() ?? ''));
}
