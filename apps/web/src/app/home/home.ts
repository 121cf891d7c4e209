import { Component, inject } from '@angular/core';
import { homeSchema } from '@plumbline/contracts';
import { PageHeader, Sheet } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, Loaded, pageTitle } from '../platform/index.ts';

/** Where a client stands and what to do next. */
@Component({
  selector: 'app-home',
  imports: [Loaded, PageHeader, Sheet],
  template: `
    <ui-page-header [heading]="organisation.name()" />
    <app-loaded [loading]="home.loading()" [problem]="home.problem()" (again)="home.reload()" />
    @if (home.value(); as it) {
      <ui-sheet>
        <ol>
          @for (next of it.next; track $index) {
            <li>{{ next.text }}</li>
          }
        </ol>
      </ui-sheet>
    }
  `,
})
export class Home {
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly home = answerOf(homeSchema, () => this.organisation.api('home'));

  constructor() {
    pageTitle(() => '');
  }
}
