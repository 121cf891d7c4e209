import { Component } from '@angular/core';
import { PageHeader } from '@plumbline/ui';
import { pageTitle, words } from '../platform/index.ts';
import { NavigationList } from './navigation-list.ts';
import type file from './shell.en-GB.json';

/** Every place of the rail, for narrow screens. */
@Component({
  selector: 'app-more',
  imports: [NavigationList, PageHeader],
  template: `
    <ui-page-header [heading]="t('more')" />
    <nav [attr.aria-label]="t('more')"><app-navigation-list /></nav>
  `,
})
export class More {
  protected readonly t = words<typeof file>('shell');

  constructor() {
    pageTitle(() => this.t('more'));
  }
}
