import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, EmptyState, PageHeader } from '@plumbline/ui';
import { CurrentOrganisation, pageTitle, words } from '../platform/index.ts';
import type file from './shell.en-GB.json';

/** An address inside an organisation that leads nowhere. */
@Component({
  selector: 'app-page-not-found',
  imports: [Button, EmptyState, PageHeader, RouterLink],
  template: `
    <ui-page-header [heading]="t('notFound')" />
    <ui-empty
      kind="no-matches"
      [heading]="t('notFoundHere', { organisation: organisation.name() })"
    >
      <p>{{ t('notFoundText') }}</p>
      <a emptyAction uiButton [routerLink]="organisation.page()">{{ t('goHome') }}</a>
    </ui-empty>
  `,
})
export class PageNotFound {
  protected readonly t = words<typeof file>('shell');
  protected readonly organisation = inject(CurrentOrganisation);

  constructor() {
    pageTitle(() => this.t('notFound'));
  }
}
