import { Injectable, signal } from '@angular/core';
import { EvidenceShelf, type NewEvidence, type ShelfItem } from '../../forms/index.ts';

/** The shelf of a simulation: what is added exists in it only, and no file is sent anywhere. */
@Injectable()
export class MadeUpShelf extends EvidenceShelf {
  private readonly made = signal<readonly ShelfItem[]>([]);
  readonly items = this.made.asReadonly();

  add({ shows }: NewEvidence): Promise<ShelfItem> {
    const number = this.made().length + 1;
    const item = { id: `evidence-${number}`, reference: `EV-${number}`, shows };
    this.made.update((before) => [...before, item]);
    return Promise.resolve(item);
  }
}
