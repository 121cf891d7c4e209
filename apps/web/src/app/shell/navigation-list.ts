import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { LucideDynamicIcon } from '@lucide/angular';
import { CurrentOrganisation, words } from '../platform/index.ts';
import { Navigation, type NavigationEntry } from './navigation.ts';
import type file from './shell.en-GB.json';

/** The rail's list of places, in groups. */
@Component({
  selector: 'app-navigation-list',
  imports: [LucideDynamicIcon, RouterLink, RouterLinkActive],
  template: `
    @for (group of navigation.groups(); track group.key) {
      @if (group.key) {
        <h2 [id]="'nav-' + group.key">{{ t.of('group', group.key) }}</h2>
      }
      <ul [attr.aria-labelledby]="group.key ? 'nav-' + group.key : null">
        @for (entry of group.entries; track entry.key) {
          <li>
            <a
              [routerLink]="navigation.linkOf(entry)"
              routerLinkActive="here"
              ariaCurrentWhenActive="page"
              [routerLinkActiveOptions]="{ exact: entry.exact ?? false }"
            >
              <svg [lucideIcon]="entry.icon" [size]="18" aria-hidden="true"></svg>
              <span>{{ t.of('nav', entry.key) }}</span>
              @if (countOf(entry); as count) {
                <span class="count">{{ count }}</span>
                <span class="visually-hidden">{{ t('waitingForYou') }}</span>
              }
            </a>
          </li>
        }
      </ul>
    }
  `,
  styles: `
    ul {
      list-style: none;
    }
    h2 {
      padding: var(--s-4) 10px var(--s-1);
      font: 600 12px/16px var(--font-ui);
      color: var(--c-ink-2);
    }
    a {
      display: flex;
      align-items: center;
      gap: 10px;
      min-block-size: 36px;
      padding: 6px 10px;
      border-radius: var(--r-s);
      color: var(--c-ink-2);
      text-decoration: none;
    }
    a:hover {
      background: var(--c-surface-2);
      color: var(--c-ink);
    }
    a.here {
      background: var(--c-primary-tint);
      color: var(--c-on-primary-tint);
      font-weight: 600;
    }
    svg {
      flex: none;
    }
    .count {
      margin-inline-start: auto;
      font-weight: 600;
    }
  `,
})
export class NavigationList {
  protected readonly t = words<typeof file>('shell');
  protected readonly navigation = inject(Navigation);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly yourTurn = computed(() => this.organisation.standing().yourTurn);

  protected countOf(entry: NavigationEntry): number {
    return entry.key === 'tasks' ? this.yourTurn() : 0;
  }
}
