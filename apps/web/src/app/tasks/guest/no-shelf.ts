import { Injectable, signal } from '@angular/core';
import { EvidenceShelf, type ShelfItem } from '../../forms/index.ts';

/** A guest sees no evidence and adds none: forms that ask for it are never sent to one. */
@Injectable()
export class NoShelf extends EvidenceShelf {
  readonly items = signal<readonly ShelfItem[]>([]);

  add(): Promise<ShelfItem> {
    return Promise.reject(new Error('A form for guests asks for no evidence.'));
  }
}
