import { Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { LucideDynamicIcon, LucideMenu } from '@lucide/angular';
import { CurrentOrganisation, words } from '../platform/index.ts';
import { Navigation } from './navigation.ts';
import type file from './shell.en-GB.json';

/** The narrow screen's navigation: the three places that matter most, and the rest under "More". */
@Component({
  selector: 'app-bottom-bar',
  imports: [LucideDynamicIcon, RouterLink, RouterLinkActive],
  template: `
    <nav [attr.aria-label]="t('navigation')">
      @for (entry of navigation.bar(); track entry.key) {
        <a
          [routerLink]="navigation.linkOf(entry)"
          routerLinkActive="here"
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="{ exact: entry.exact ?? false }"
        >
          <svg [lucideIcon]="entry.icon" [size]="20" aria-hidden="true"></svg>
          <span>{{ t.of('bar', entry.key) }}</span>
        </a>
      }
      <a [routerLink]="more" routerLinkActive="here" ariaCurrentWhenActive="page">
        <svg [lucideIcon]="menu" [size]="20" aria-hidden="true"></svg>
        <span>{{ t('bar.more') }}</span>
      </a>
    </nav>
  `,
  styles: `
    nav {
      display: grid;
      grid-auto-flow: column;
      grid-auto-columns: 1fr;
      background: var(--c-surface);
      border-block-start: 1px solid var(--c-hair);
      box-shadow: var(--lift-1);
      padding-block-end: env(safe-area-inset-bottom);
    }
    a {
      display: grid;
      justify-items: center;
      gap: 2px;
      padding: 8px 4px;
      font: var(--text-meta);
      color: var(--c-ink-2);
      text-decoration: none;
    }
    a.here {
      color: var(--c-primary);
      font-weight: 600;
      box-shadow: inset 0 3px var(--c-primary);
    }
  `,
})
export class BottomBar {
  protected readonly t = words<typeof file>('shell');
  protected readonly navigation = inject(Navigation);
  protected readonly more = inject(CurrentOrganisation).page('more');
  protected readonly menu = LucideMenu.icon;
}
