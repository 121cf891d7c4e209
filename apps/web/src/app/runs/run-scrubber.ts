import {
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import {
  LucideChevronLeft,
  LucideChevronRight,
  LucideDynamicIcon,
  LucidePause,
  LucidePlay,
} from '@lucide/angular';
import type { RunEntry } from '@plumbline/contracts';
import { Button, formatDate } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type file from './runs.en-GB.json';

/** How long each moment stays while the history plays (milliseconds). */
const EACH = 1500;

/** Goes back and forth in the history of a run: a slider, step by step, or playing by itself. */
@Component({
  selector: 'app-run-scrubber',
  imports: [Button, LucideDynamicIcon],
  template: `
    <div class="bar" role="group" [attr.aria-label]="t('scrub')">
      <button uiButton look="quiet" type="button" (click)="toggle()">
        <svg [lucideIcon]="playing() ? pause : play" [size]="16" aria-hidden="true"></svg>
        {{ t(playing() ? 'scrub.pause' : 'scrub.play') }}
      </button>
      <button
        uiButton
        look="quiet"
        type="button"
        [attr.aria-label]="t('scrub.back')"
        [title]="t('scrub.back')"
        [unavailable]="place() === 0"
        (click)="step(-1)"
      >
        <svg [lucideIcon]="left" [size]="16" aria-hidden="true"></svg>
      </button>
      <input
        type="range"
        min="0"
        step="1"
        [max]="last()"
        [value]="place()"
        [attr.aria-label]="t('scrub.slider')"
        [attr.aria-valuetext]="words()"
        (input)="slide($event)"
      />
      <button
        uiButton
        look="quiet"
        type="button"
        [attr.aria-label]="t('scrub.on')"
        [title]="t('scrub.on')"
        [unavailable]="place() === last()"
        (click)="step(1)"
      >
        <svg [lucideIcon]="right" [size]="16" aria-hidden="true"></svg>
      </button>
      <button
        uiButton
        look="quiet"
        type="button"
        [unavailable]="at() === null"
        (click)="go(last())"
      >
        {{ t('scrub.now') }}
      </button>
    </div>
  `,
  styles: `
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-2);
    }
    input {
      flex: 1 1 160px;
      min-inline-size: 0;
      min-block-size: 24px;
      accent-color: var(--c-primary);
    }
    @media (max-width: 640px) {
      input {
        order: -1;
        flex-basis: 100%;
      }
    }
  `,
})
export class RunScrubber {
  /** The history, oldest first. */
  readonly entries = input.required<readonly RunEntry[]>();
  /** The entry whose moment is shown; null for now. */
  readonly at = input.required<number | null>();
  /** Whether that moment has been read, so that playing never overtakes the picture. */
  readonly ready = input.required<boolean>();
  readonly moved = output<number | null>();

  protected readonly t = words<typeof file>('runs');
  protected readonly play = LucidePlay.icon;
  protected readonly pause = LucidePause.icon;
  protected readonly left = LucideChevronLeft.icon;
  protected readonly right = LucideChevronRight.icon;
  protected readonly playing = signal(false);
  /** The last place is now. */
  protected readonly last = computed(() => Math.max(0, this.entries().length - 1));
  protected readonly place = computed(() => {
    const at = this.at();
    if (at === null) return this.last();
    return Math.max(
      0,
      this.entries().findLastIndex(({ seq }) => seq <= at),
    );
  });
  protected readonly words = computed(() => {
    const entry = this.entries()[this.place()];
    if (this.at() === null || !entry) return this.t('scrub.isNow');
    return `${formatDate(entry.at, 'long-time')}: ${entry.text}`;
  });

  constructor() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The address follows a little later: only from the past does "now" mean the end.
    let begun = false;
    const stop = (): void => clearTimeout(timer);
    effect(() => {
      stop();
      const [playing, ready, at, place] = [this.playing(), this.ready(), this.at(), this.place()];
      if (!playing) begun = false;
      else if (at !== null) begun = true;
      else if (begun) this.playing.set(false);
      if (playing && ready && at !== null) timer = setTimeout(() => this.go(place + 1), EACH);
    });
    inject(DestroyRef).onDestroy(stop);
  }

  /** From the end it plays from the start. */
  protected toggle(): void {
    const starts = !this.playing();
    if (starts && untracked(this.at) === null) {
      if (this.last() === 0) return;
      this.go(0);
    }
    this.playing.set(starts);
  }

  protected step(by: number): void {
    this.playing.set(false);
    this.go(this.place() + by);
  }

  protected slide(event: Event): void {
    this.playing.set(false);
    this.go(Number((event.target as HTMLInputElement).value));
  }

  protected go(place: number): void {
    const entry = this.entries()[Math.max(0, place)];
    this.moved.emit(place >= this.last() || !entry ? null : entry.seq);
  }
}
