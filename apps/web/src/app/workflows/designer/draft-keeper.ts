import { DestroyRef, DOCUMENT, effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { ProblemDetails, WorkflowDraft } from '@plumbline/contracts';
import { DraftSaver } from '../../forms/draft-saver.ts';
import {
  ApiProblem,
  browserCopy,
  CurrentOrganisation,
  problemOf,
  Session,
} from '../../platform/index.ts';
import type { Design } from '../model/design.ts';
import { DesignerStore } from './designer-store.ts';
import { DesignsApi } from './designs-api.ts';
import { readDesign, writeDesign } from './draft-document.ts';

/** How often a page says that somebody is still editing (milliseconds). */
const SIGN_OF_LIFE = 30_000;

/** What is kept in this browser until the server has it. */
interface Unsaved {
  readonly revision: number;
  readonly design: Design;
}

/**
 * Keeps the draft on the server as it is edited, and the editor's place as long as the page is open.
 * When somebody else has the place, or has changed the draft, the page only shows.
 */
@Injectable()
export class DraftKeeper {
  private readonly api = inject(DesignsApi);
  private readonly store = inject(DesignerStore);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly session = inject(Session);
  private readonly document = inject(DOCUMENT);
  private key = '';
  private kept: Design | null = null;
  private revision = 0;
  private heart: ReturnType<typeof setInterval> | null = null;

  readonly saver = signal<DraftSaver<Unsaved> | null>(null);
  /** Somebody else is editing. */
  readonly other = signal<string | null>(null);
  /** The draft on the server has gone on without this page. */
  readonly behind = signal(false);
  /** Edits of an earlier visit that never reached the server, on a draft that has changed since. */
  readonly leftOver = signal<Design | null>(null);
  /** Why the draft cannot be edited, other than the above. */
  readonly problem = signal<ProblemDetails | null>(null);

  constructor() {
    effect(() => {
      const design = this.store.design();
      untracked(() => this.changed(design));
    });
    const flush = (): void => void this.saver()?.flush();
    const warn = (event: BeforeUnloadEvent): void => {
      if (this.saver()?.failing()) event.preventDefault();
    };
    const window = this.document.defaultView;
    this.document.addEventListener('visibilitychange', flush);
    window?.addEventListener('online', flush);
    window?.addEventListener('beforeunload', warn);
    inject(DestroyRef).onDestroy(() => {
      this.document.removeEventListener('visibilitychange', flush);
      window?.removeEventListener('online', flush);
      window?.removeEventListener('beforeunload', warn);
      void this.leave();
    });
  }

  /** Opens a draft for editing, or for looking when somebody else has the place. */
  async open(draft: WorkflowDraft): Promise<void> {
    this.key = draft.key;
    this.show(draft);
    await this.takePlace(false);
  }

  /** Takes the place from whoever has it; their page turns to reading. */
  async takeOver(): Promise<void> {
    try {
      this.show(await this.api.read(this.key));
    } catch (error) {
      this.problem.set(problemOf(error));
      return;
    }
    await this.takePlace(true);
  }

  /** Reads the draft again: somebody else has changed it. */
  async reload(): Promise<void> {
    if (this.key === '') return;
    try {
      this.show(await this.api.read(this.key));
      if (!this.other()) await this.takePlace(false);
    } catch (error) {
      this.problem.set(problemOf(error));
    }
  }

  /** Puts back what an earlier visit could not save, as one edit. */
  useLeftOver(): void {
    const design = this.leftOver();
    if (!design) return;
    this.leftOver.set(null);
    this.store.run((before) => ({
      design,
      said: { key: 'changed', values: { name: before.definition.name } },
    }));
  }

  dropLeftOver(): void {
    this.leftOver.set(null);
    this.copy().drop();
  }

  /** Waits until everything is saved: for what looks at the draft on the server. */
  async settled(): Promise<boolean> {
    await this.saver()?.flush();
    return this.saver()?.state() === 'saved' || this.saver()?.state() === 'untouched';
  }

  private show(draft: WorkflowDraft): void {
    const design = readDesign(draft);
    this.saver()?.close();
    this.behind.set(false);
    this.problem.set(null);
    this.revision = draft.revision;
    if (!design) return;
    this.kept = design;
    this.store.open(design);
    const copy = this.copy();
    const unsaved = copy.read();
    this.saver.set(
      new DraftSaver<Unsaved>((it, revision) => this.save(it, revision), copy, {
        version: draft.revision,
        savedAt: draft.savedAt,
      }),
    );
    if (!unsaved) return;
    if (unsaved.revision === draft.revision) {
      this.store.run((before) => ({
        design: unsaved.design,
        said: { key: 'changed', values: { name: before.definition.name } },
      }));
    } else this.leftOver.set(unsaved.design);
  }

  private changed(design: Design | null): void {
    if (!design || design === this.kept || this.store.readOnly()) return;
    this.kept = design;
    this.saver()?.change({ revision: this.revision, design });
  }

  private async save(
    { design }: Unsaved,
    revision: number,
  ): Promise<{ savedAt: string; version: number }> {
    try {
      const saved = await this.api.save(this.key, revision, writeDesign(design));
      this.revision = saved.revision;
      return { savedAt: saved.savedAt, version: saved.revision };
    } catch (error) {
      const code = error instanceof ApiProblem ? error.details.code : '';
      if (code === 'draft-being-edited') this.lostPlace(problemOf(error));
      else if (code === 'draft-changed') {
        this.behind.set(true);
        this.lock();
      } else if (error instanceof ApiProblem && isFinal(error.details)) {
        this.problem.set(error.details);
      }
      throw error;
    }
  }

  private async takePlace(takeOver: boolean): Promise<void> {
    try {
      await this.api.takePlace(this.key, takeOver);
      this.other.set(null);
      this.store.readOnly.set(false);
      this.heart ??= setInterval(() => void this.stillHere(), SIGN_OF_LIFE);
    } catch (error) {
      const details = problemOf(error);
      if (details.code === 'draft-being-edited') this.lostPlace(details);
      // Offline or broken: writing goes on here, and the next sign of life tries again.
      else if (details.code === 'offline') {
        this.heart ??= setInterval(() => void this.stillHere(), SIGN_OF_LIFE);
      } else {
        this.problem.set(details);
        this.lock();
      }
    }
  }

  private async stillHere(): Promise<void> {
    if (this.other() || this.behind()) return;
    await this.takePlace(false);
  }

  private lostPlace(details: ProblemDetails): void {
    this.other.set(details.detail);
    this.lock();
  }

  private lock(): void {
    this.store.readOnly.set(true);
    this.saver()?.close();
    if (this.heart) clearInterval(this.heart);
    this.heart = null;
  }

  private async leave(): Promise<void> {
    const had = this.heart !== null;
    if (this.heart) clearInterval(this.heart);
    await this.saver()?.flush();
    this.saver()?.close();
    // The place lapses by itself when this does not arrive.
    if (had) await this.api.givePlace(this.key).catch(() => undefined);
  }

  private copy(): ReturnType<typeof browserCopy<Unsaved>> {
    const person = this.session.me()?.person.id ?? '';
    return browserCopy<Unsaved>(localStorage, person, `${this.organisation.slug}.${this.key}`);
  }
}

/** A refusal that trying again does not mend. */
const isFinal = ({ status }: ProblemDetails): boolean => status >= 400 && status < 500;
