import type { Signal } from '@angular/core';

/** An evidence item as a form shows it. */
export interface ShelfItem {
  readonly id: string;
  readonly reference: string;
  readonly shows: string;
}

/** A file or link to add, with what it shows in the words of who adds it. */
export interface NewEvidence {
  readonly shows: string;
  readonly file: File | null;
  readonly link: string | null;
}

/** Where the forms find and put evidence; the page that shows a form provides it. */
export abstract class EvidenceShelf {
  /** Items that may be used again here. */
  abstract readonly items: Signal<readonly ShelfItem[]>;
  /** Stores it and answers the item; rejects with a message for the person. */
  abstract add(evidence: NewEvidence): Promise<ShelfItem>;
}
