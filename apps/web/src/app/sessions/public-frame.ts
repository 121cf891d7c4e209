import { Component } from '@angular/core';

/** The frame of pages outside any organisation. */
@Component({
  selector: 'app-public-frame',
  template: `
    <header>
      <img src="/mark.svg" width="28" height="28" alt="" />
      <span translate="no">Plumbline</span>
    </header>
    <main class="stack"><ng-content /></main>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-5);
      padding: var(--s-5) var(--s-4) var(--s-7);
    }
    header,
    main {
      inline-size: 100%;
      max-inline-size: 720px;
      margin-inline: auto;
    }
    header {
      display: flex;
      align-items: center;
      gap: var(--s-2);
      font: 600 17px/24px var(--font-document);
    }
    main {
      gap: var(--s-5);
    }
  `,
})
export class PublicFrame {}
