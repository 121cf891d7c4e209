import { Component, computed, input, linkedSignal, output } from '@angular/core';
import type { RunEntry } from '@plumbline/contracts';
import { Button, DateText } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type file from './runs.en-GB.json';

type Who = 'all' | 'people' | 'system';
/** Entries shown before somebody asks for the rest. */
const FIRST = 20;

/** What happened, newest first; what people did and what the system did can be told apart. */
@Component({
  selector: 'app-run-timeline',
  imports: [Button, DateText],
  templateUrl: './run-timeline.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
      align-content: start;
      font: 400 14px/20px var(--font-ui);
    }
    li {
      padding-block: var(--s-2);
      border-block-start: 1px solid var(--c-hair);
      overflow-wrap: anywhere;
    }
    button[aria-pressed='true'] {
      color: var(--c-ink);
      font-weight: 700;
      text-decoration: none;
    }
    .row {
      gap: 0 var(--s-2);
    }
  `,
})
export class RunTimeline {
  readonly entries = input.required<readonly RunEntry[]>();
  /** The step that the entries are about, when it is only one. */
  readonly about = input<string | null>(null);
  readonly all = output();

  protected readonly t = words<typeof file>('runs');
  protected readonly choices: readonly Who[] = ['all', 'people', 'system'];
  protected readonly who = linkedSignal<string | null, Who>({
    source: this.about,
    computation: () => 'all',
  });
  protected readonly most = linkedSignal({ source: this.about, computation: () => FIRST });
  protected readonly found = computed(() => {
    const who = this.who();
    const newestFirst = this.entries().toReversed();
    if (who === 'all') return newestFirst;
    return newestFirst.filter(({ by }) => (who === 'people') === (by !== null));
  });
  protected readonly shown = computed(() => this.found().slice(0, this.most()));
}
