import { Component, computed, inject, input, model, signal } from '@angular/core';
import { MAX_EVIDENCE_BYTES } from '@plumbline/contracts';
import { Button } from '@plumbline/ui';
import type { FactValue } from '@plumbline/workflow-engine';
import { EvidenceShelf } from '../evidence-shelf.ts';
import { words } from '../../platform/index.ts';
import type file from '../forms.en-GB.json';
import { stringsOf } from './choices-control.ts';

type MissingPart = 'evidence.chooseFile' | 'evidence.writeLink' | 'evidence.sayShows';

/** Evidence: drop a file, take a picture, give a link or use an item again; each says what it shows. */
@Component({
  selector: 'app-evidence-control',
  imports: [Button],
  templateUrl: './evidence-control.html',
  styleUrl: './evidence-control.scss',
})
export class EvidenceControl {
  readonly controlId = input.required<string>();
  readonly describedBy = input<string | null>(null);
  readonly value = model.required<FactValue>();

  private readonly shelf = inject(EvidenceShelf);
  protected readonly t = words<typeof file>('forms');

  protected readonly ids = computed(() => stringsOf(this.value()));
  protected readonly attached = computed(() =>
    this.ids().map(
      (id) => this.shelf.items().find((item) => item.id === id) ?? { id, reference: '', shows: id },
    ),
  );
  protected readonly others = computed(() =>
    this.shelf.items().filter(({ id }) => !this.ids().includes(id)),
  );
  protected readonly way = signal<'file' | 'link'>('file');
  protected readonly file = signal<File | null>(null);
  protected readonly link = signal('');
  protected readonly shows = signal('');
  protected readonly busy = signal(false);
  protected readonly dragging = signal(false);
  protected readonly trouble = signal<string | null>(null);

  protected pick(event: Event): void {
    this.take((event.target as HTMLInputElement).files?.[0] ?? null);
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.dragging.set(false);
    this.take(event.dataTransfer?.files[0] ?? null);
  }

  protected over(event: DragEvent): void {
    event.preventDefault();
    this.dragging.set(true);
  }

  private take(file: File | null): void {
    const tooLarge = file !== null && file.size > MAX_EVIDENCE_BYTES;
    const mega = Math.floor(MAX_EVIDENCE_BYTES / 1024 / 1024);
    this.trouble.set(tooLarge ? this.t('evidence.tooLarge', { max: mega }) : null);
    this.file.set(tooLarge ? null : file);
  }

  protected reuse(event: Event): void {
    const select = event.target as HTMLSelectElement;
    if (select.value) this.value.set([...this.ids(), select.value]);
    select.value = '';
  }

  protected detach(id: string): void {
    this.value.set(this.ids().filter((one) => one !== id));
  }

  protected typed(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected async add(): Promise<void> {
    const missing = this.missing();
    this.trouble.set(missing && this.t(missing));
    if (missing || this.busy()) return;
    this.busy.set(true);
    try {
      const byFile = this.way() === 'file';
      const item = await this.shelf.add({
        shows: this.shows().trim(),
        file: byFile ? this.file() : null,
        link: byFile ? null : this.link().trim(),
      });
      this.value.set([...this.ids(), item.id]);
      this.file.set(null);
      this.link.set('');
      this.shows.set('');
    } catch (error) {
      // The shelf's refusals are written for people; the form and the rest of the answers stay.
      this.trouble.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.busy.set(false);
    }
  }

  private missing(): MissingPart | null {
    if (this.way() === 'file' && !this.file()) return 'evidence.chooseFile';
    if (this.way() === 'link' && !this.link().trim()) return 'evidence.writeLink';
    return this.shows().trim() ? null : 'evidence.sayShows';
  }
}
