import { Injectable, signal } from '@angular/core';
import { EvidenceShelf, type ShelfItem } from '../../forms/index.ts';
import { words } from '../../platform/index.ts';
import type file from '../workflows.en-GB.json';

/** The shelf of a form that is only tried: nothing is there, and nothing is stored. */
@Injectable()
export class PreviewShelf extends EvidenceShelf {
  private readonly t = words<typeof file>('workflows');
  readonly items = signal<readonly ShelfItem[]>([]).asReadonly();

  add(): Promise<ShelfItem> {
    return Promise.reject(new Error(this.t('form.previewEvidence')));
  }
}
