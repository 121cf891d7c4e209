import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, PageHeader } from '@plumbline/ui';
import { pageTitle, words } from '../platform/index.ts';
import { PublicFrame } from './public-frame.ts';
import type file from './sessions.en-GB.json';

/** An address that leads nowhere, or to a place that is closed to the reader; both tell the same. */
@Component({
  selector: 'app-dead-end',
  imports: [Button, PageHeader, PublicFrame, RouterLink],
  template: `
    <app-public-frame>
      <ui-page-header [heading]="t(heading())" />
      <p class="measure">{{ t(text()) }}</p>
      <a uiButton routerLink="/">{{ t('start') }}</a>
    </app-public-frame>
  `,
})
export class DeadEnd {
  protected readonly t = words<typeof file>('sessions');
  readonly reason = input<'not-found' | 'no-access'>('not-found');
  protected readonly heading = computed(() =>
    this.reason() === 'no-access' ? 'noAccess' : 'notFound',
  );
  protected readonly text = computed(() =>
    this.reason() === 'no-access' ? 'noAccessText' : 'notFoundText',
  );

  constructor() {
    pageTitle(() => this.t(this.heading()));
  }
}
