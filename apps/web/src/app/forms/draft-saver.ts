import { computed, signal } from '@angular/core';
import type { DraftCopy } from '../platform/index.ts';

/** Saves the answers given to it; answers when, and the version to send next time. */
export type SaveDraft<A> = (
  answers: A,
  version: number,
) => Promise<{ readonly savedAt: string; readonly version: number }>;

/** Unsaved writing is at most this old (milliseconds). */
const SAVE_AFTER = 2_000;
const LONGEST_WAIT = 30_000;

/** What the page says about the draft. */
export type DraftState = 'untouched' | 'unsaved' | 'saving' | 'saved' | 'trying-again';

/**
 * Keeps a private draft: saves two seconds after the first unsaved change and at once on `flush`, and
 * keeps trying while saving fails. A copy of what is not saved yet stays in this browser meanwhile.
 */
export class DraftSaver<A> {
  private version: number;
  private readonly save: SaveDraft<A>;
  private readonly copy: DraftCopy<A>;
  private pending: { readonly answers: A } | null = null;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  private closed = false;
  private readonly current = signal<DraftState>('untouched');
  private readonly at = signal<string | null>(null);

  readonly state = this.current.asReadonly();
  readonly savedAt = this.at.asReadonly();
  /** Only a draft that could not be saved may hold somebody back from leaving. */
  readonly failing = computed(() => this.current() === 'trying-again');

  constructor(
    save: SaveDraft<A>,
    copy: DraftCopy<A>,
    before: { readonly version: number; readonly savedAt: string } | null,
  ) {
    this.save = save;
    this.copy = copy;
    this.version = before?.version ?? 0;
    if (before) {
      this.at.set(before.savedAt);
      this.current.set('saved');
    }
  }

  /** Takes changed answers; they are saved within two seconds. */
  change(answers: A): void {
    if (this.closed) return;
    this.pending = { answers };
    this.copy.keep(answers);
    if (this.current() !== 'trying-again') this.current.set('unsaved');
    this.timer ??= setTimeout(() => void this.flush(), SAVE_AFTER);
  }

  /** Saves what is not saved yet, now. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** After handing in: nothing is left to save. */
  finish(): void {
    this.close();
    this.pending = null;
    this.copy.drop();
  }

  /** The page goes: no more timers. The copy stays if something is unsaved. */
  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async run(): Promise<void> {
    while (this.pending) {
      const { answers } = this.pending;
      this.pending = null;
      if (this.failures === 0) this.current.set('saving');
      try {
        const saved = await this.save(answers, this.version);
        this.version = saved.version;
        this.at.set(saved.savedAt);
        this.failures = 0;
        this.current.set('saved');
      } catch {
        // Whatever stood in the way, the answers stay here and saving is tried again; the page says so.
        this.pending ??= { answers };
        this.failures += 1;
        this.current.set('trying-again');
        if (!this.closed) {
          const wait = Math.min(SAVE_AFTER * 2 ** (this.failures - 1), LONGEST_WAIT);
          this.timer ??= setTimeout(() => void this.flush(), wait);
        }
        return;
      }
    }
    this.copy.drop();
  }
}
