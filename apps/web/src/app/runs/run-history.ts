import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import type { RunEntry } from '@plumbline/contracts';
import { Button, DateText, RowKeys } from '@plumbline/ui';
import { Preferences, words } from '../platform/index.ts';
import { isTrouble } from './entry-kinds.ts';
import type file from './runs.en-GB.json';

type Which = 'all' | 'people' | 'system' | 'problems';
/** Entries shown before somebody asks for the rest. */
const FIRST = 20;

/**
 * What happened, newest first; what people did, what the system did and what went wrong can be told
 * apart. Choosing an entry goes back to its moment.
 */
@Component({
  selector: 'app-run-history',
  imports: [Button, DateText, RowKeys],
  templateUrl: './run-history.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
      align-content: start;
      font: 400 14px/20px var(--font-ui);
    }
    ol {
      max-block-size: 560px;
      overflow-y: auto;
      overscroll-behavior: contain;
    }
    li {
      padding: var(--s-2) var(--s-2);
      border-block-start: 1px solid var(--c-hair);
      overflow-wrap: anywhere;
    }
    li[aria-current] {
      background: var(--c-primary-tint);
      color: var(--c-on-primary-tint);
    }
    li[aria-current] :is(.hint, .meta, .entry) {
      color: inherit;
    }
    .entry {
      display: block;
      inline-size: 100%;
      min-block-size: 24px;
      padding: 0;
      border: 0;
      background: none;
      color: var(--c-ink);
      text-align: start;
      cursor: pointer;
    }
    .entry:hover {
      text-decoration: underline;
      text-underline-offset: 3px;
    }
    .which button[aria-pressed='true'] {
      color: var(--c-ink);
      font-weight: 700;
      text-decoration: none;
    }
    .row {
      gap: 0 var(--s-2);
    }
  `,
})
export class RunHistory {
  readonly entries = input.required<readonly RunEntry[]>();
  /** The step that the entries are about, when it is only one. */
  readonly about = input<string | null>(null);
  /** Number of the event whose moment the page shows; null for now. */
  readonly at = input<number | null>(null);
  readonly all = output();
  readonly chosen = output<number>();

  protected readonly t = words<typeof file>('runs');
  protected readonly preferences = inject(Preferences);
  protected readonly choices: readonly Which[] = ['all', 'people', 'system', 'problems'];
  protected readonly which = linkedSignal<string | null, Which>({
    source: this.about,
    computation: () => 'all',
  });
  protected readonly most = linkedSignal({ source: this.about, computation: () => FIRST });
  protected readonly found = computed(() => {
    const newestFirst = this.entries().toReversed();
    switch (this.which()) {
      case 'all':
        return newestFirst;
      case 'problems':
        return newestFirst.filter(({ type }) => isTrouble(type));
      case 'people':
        return newestFirst.filter(({ by }) => by !== null);
      case 'system':
        return newestFirst.filter(({ by }) => by === null);
    }
  });
  /** The last entry at the moment that is shown. */
  protected readonly current = computed(() => {
    const at = this.at();
    return at === null ? undefined : this.entries().findLast(({ seq }) => seq <= at)?.seq;
  });
  /** As many as were asked for, and on to the current one. */
  protected readonly shown = computed(() => {
    const place = this.found().findIndex(({ seq }) => seq === this.current());
    return this.found().slice(0, Math.max(this.most(), place + 1));
  });
}
